import { play } from "@shirts/basics/play";
import { after } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";

const cases = [
  { n: 3, cap: 0 },
  { n: 1, cap: 0 },
  { n: 6, cap: 2 },
  { n: 3, cap: 3 },
  { n: 2, cap: 5 },
];

export const howFarAhead = exercise({
  task: `Predict, then prove. A sender has n values and a chan with room for cap. The receiver takes one value each second.
Write the formula: at which second does the sender's last send return? The judge plays the program, and compares.`,
  law: "the predicted second is the one at which the last send returns",
  hints: [
    "No buffer: each send waits for its receiver. Three values, and the receiver comes at 1 s, 2 s, 3 s.",
    "With a buffer the first `cap` sends return at once.",
    "Nothing returns before it began: no time is below zero.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async complaint({ lastSendAt }) {
    const { program } = await import("./given.ts");
    for (const { n, cap } of cases) {
      let ms = 0;
      await play(async () => {
        const start = await now();
        let end = Promise.resolve(start);
        await program(n, cap, () => {
          end = now();
        });
        ms = (await end) - start;
      });
      const predicted = lastSendAt(n, cap);
      if (predicted === ms / 1000) continue;
      const waits = Math.max(0, n - cap);
      return `n ${n}, cap ${cap}: you say ${predicted} s, and it is ${ms / 1000} s. Sends that find room: ${Math.min(n, cap)}; sends that wait for the receiver: ${waits}`;
    }
    return undefined;
  },
});

async function now(): Promise<number> {
  const [ms = 0] = await after(0).recv();
  return ms;
}
