import { play } from "@shirts/basics/play";
import { type SendChan, sleep } from "@shirts/chan";
import { counted, exercise } from "@shirts/learn/exercise";
import { tried } from "@shirts/learn/tried";

/** An area reports at each of these moments in milliseconds. In no two cases are there as many reports. */
const cases: readonly (readonly (readonly number[])[])[] = [
  [
    [100, 200],
    [300, 600],
  ],
  [[10], [20, 30, 40], [15, 25, 35]],
  [[5000]],
  [[], [10, 20]],
  [[], []],
];

async function reportAt(moments: readonly number[], name: string, reports: SendChan<string>): Promise<void> {
  let now = 0;
  for (const [n, ms] of moments.entries()) {
    await sleep(ms - now);
    now = ms;
    await reports.send(`report ${n + 1} of area ${name}`);
  }
}

const asleep =
  "no area closes, since none knows whether it is the last, so the range waits for somebody else to close";
const panic =
  "the chan was closed while an area had more to report, and only the senders' side knows when nothing follows";

export const reports = exercise({
  task: `Two areas report twice each. The receiver counts, closes after the second report, and an area runs into it.
Let all reports be printed, and let the range end by itself. Do not count, and do not sleep: how many report, and when, is theirs.`,
  law: "each report of every area is printed, the range ends by itself, and nobody panics",
  hints: [
    "The receiver cannot know when nothing follows. Which side can?",
    "No area knows whether it is the last one. But a group knows when all of them have ended.",
    "Start one more routine. It waits for the group, and then it closes.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ main }, print) => {
    await play(() => main(print));
  },
  async complaint({ collect }) {
    for (const areas of cases) {
      let over = 0;
      const when = `with ${counted(areas.length, "area")} (reports: ${areas.map((moments) => moments.length).join(", ")})`;
      const { lines } = await tried({ when, asleep, panic }, async (print) => {
        await collect(
          areas.map((moments, i) => async (to) => {
            await reportAt(moments, String(i + 1), to);
            over++;
          }),
          print,
        );
      });
      const all = areas.flat().length;
      const printed = lines.filter((line) => line.startsWith("report ")).length;
      const ended = lines.indexOf("nothing follows");
      if (printed < all)
        return `${when}: ${printed} of ${all} reports were printed: an area reports as often as it likes, and only the senders' side knows when nothing follows`;
      if (printed > all) return `${when}: ${printed} reports were printed, and the areas sent ${all}`;
      if (over < areas.length)
        return `${when}: collect returned, and of ${areas.length} areas only ${over} had ended`;
      if (ended !== lines.length - 1)
        return `${when}: "nothing follows" must be the last line, and the last line is ${JSON.stringify(lines.at(-1))}`;
    }
    return undefined;
  },
});
