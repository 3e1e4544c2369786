import { play } from "@shirts/basics/play";
import { chan, go, sleep } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";
import { tried } from "@shirts/learn/tried";

/** The numbers, and how long their sender pauses before each of them. */
const cases = [
  { numbers: [500, 0, 40], pauseMs: 0 },
  { numbers: [0, 0, 7, 0, 1, 2, 3, 4, 5, 6, 7, 8], pauseMs: 100 },
  { numbers: [-3, 3, 9], pauseMs: 5000 },
  { numbers: [], pauseMs: 0 },
];

export const zero = exercise({
  task: `Spot the mistake. Three areas report how many people wait: 500, 0 and 40. The sum is 500.
Let it be the sum of all numbers that were sent, whatever they are.`,
  law: "the sum counts each number that was sent, a 0 too, and returns when the chan is closed and drained",
  hints: [
    "`!n` is true when there is no number. When else is it true?",
    "`recv` returns a pair. What does its second half tell?",
    "`const [n, ok]`: `ok` is false when nothing follows.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ main }, print) => {
    await play(() => main(print));
  },
  async complaint({ sum }) {
    for (const { numbers, pauseMs } of cases) {
      let got = Number.NaN;
      let unsent = numbers.length;
      await tried({ asleep: "the sum must return when the chan is closed" }, async () => {
        const c = chan<number>();
        go(async () => {
          for (const n of numbers) {
            await sleep(pauseMs);
            await c.send(n);
            unsent--;
          }
          c.close();
        });
        got = await sum(c);
      });
      const wanted = numbers.reduce((a, b) => a + b, 0);
      const what = `the sum of ${numbers.join(", ") || "no numbers"}`;
      if (unsent > 0)
        return `${what}: ${got}, and numbers that were not taken yet: ${unsent}. An end is told by a close, and by nothing else`;
      if (got !== wanted) return `${what}: ${got}, and it should be ${wanted}`;
    }
    return undefined;
  },
});
