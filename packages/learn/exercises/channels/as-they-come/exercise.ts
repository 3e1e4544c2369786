import { play } from "@shirts/basics/play";
import { sleep } from "@shirts/chan";
import { differs, exercise } from "@shirts/learn/exercise";
import { tried } from "@shirts/learn/tried";

/** The areas of each case, and after how many milliseconds each of them answers. */
const cases: readonly Readonly<Record<string, number>>[] = [
  { north: 3000, south: 1000, west: 2000 },
  { east: 10, north: 40 },
  { d: 60, c: 50, b: 40, a: 30, e: 10 },
];

export const asTheyCome = exercise({
  task: `Three areas are asked one after the other, and the slow one holds up all others.
Ask them side by side, and print each answer when it comes. Write it with what the chapter has: go, and one chan.`,
  law: "each answer is printed at the moment at which it comes, and askAll returns after the last one",
  hints: [
    "A routine for each area: it asks, and sends what it hears. All of them share one chan.",
    "The receiver does not know which area is next. It knows how many there are.",
    "Start all routines first. Then receive `areas.length` times.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ main }, print) => {
    await play(() => main(print));
  },
  async complaint({ askAll }) {
    for (const areas of cases) {
      const answered: string[] = [];
      /** Printed too late: others had answered since. */
      let late: string | undefined;
      const printed: string[] = [];
      let printedAtReturn = 0;
      const asleep = "each area answers once, so count the answers, or close the chan after the last one";
      const { ms } = await tried({ asleep }, async () => {
        const ask = async (area: string): Promise<string> => {
          await sleep(areas[area] ?? 0);
          answered.push(area);
          return `${area} answers`;
        };
        await askAll(Object.keys(areas), ask, (line) => {
          printed.push(line);
          if (answered.length > printed.length) late ??= line;
        });
        printedAtReturn = printed.length;
        await sleep(1);
      });
      const longest = Math.max(...Object.values(areas));
      if (printedAtReturn < printed.length || printed.length < Object.keys(areas).length)
        return `askAll returned after ${printedAtReturn} of ${Object.keys(areas).length} answers`;
      if (ms > longest + 1)
        return `${Object.keys(areas).length} areas took ${ms - 1} ms, and the slowest of them answers after ${longest} ms: they were not asked side by side`;
      if (late !== undefined)
        return `"${late}" was printed when ${answered.length > 2 ? "others had" : "another had"} answered, too: print each answer when it comes`;
      const wanted = answered.map((area) => `${area} answers`);
      const complaint = differs("the answers, in the order in which they are printed", printed, wanted);
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  },
});
