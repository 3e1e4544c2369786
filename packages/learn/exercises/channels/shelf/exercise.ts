import { play } from "@shirts/basics/play";
import { sleep } from "@shirts/chan";
import { differs, exercise } from "@shirts/learn/exercise";
import { tried } from "@shirts/learn/tried";

/** How many shirts there are, and how long each takes to paint. */
const cases = [
  { shirts: 6, paintMs: 1000 },
  { shirts: 9, paintMs: 10 },
  { shirts: 2, paintMs: 10 },
];

export const shelf = exercise({
  task: `A quick tailor puts shirts on a shelf for a slow painter. There is room for six, so the tailor runs far ahead.
Let it be two shirts ahead, and no more. Change one character.`,
  law: "whenever a shirt is taken, two more are on the shelf, until the tailor has made all of them",
  hints: [
    "The shelf is a chan. How many values does it hold?",
    "A sender runs ahead by exactly `cap` values. Then it waits for the receiver.",
    "`chan<number>(cap)`: the number in the brackets.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ main }, print) => {
    await play(() => main(print));
  },
  async complaint({ workshop }) {
    for (const { shirts, paintMs } of cases) {
      let onShelf = 0;
      /** How many were on the shelf when one was taken: those that are left there. */
      const left: number[] = [];
      const taken: number[] = [];
      await tried({ asleep: "the painter takes until the shelf is closed" }, () =>
        workshop(
          shirts,
          () => onShelf++,
          async (shirt) => {
            taken.push(shirt);
            left.push(--onShelf);
            await sleep(paintMs);
          },
        ),
      );
      const all = Array.from({ length: shirts }, (_, i) => i + 1);
      // When one is taken, the tailor's next one moves up: so there are two, as long as it has more.
      const wanted = all.map((n) => Math.max(0, Math.min(2, shirts - n)));
      const complaint = differs("the shirts that were taken", taken, all);
      if (complaint !== undefined) return complaint;
      const at = left.findIndex((n, i) => n !== wanted[i]);
      if (at !== -1)
        return `when shirt ${at + 1} of ${shirts} was taken, ${left[at]} ${left[at] === 1 ? "was" : "were"} left on the shelf, and it should be ${wanted[at]}: a sender runs ahead by as many values as the chan has room for`;
    }
    return undefined;
  },
});
