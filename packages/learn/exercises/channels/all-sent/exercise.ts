import { play } from "@shirts/basics/play";
import { chan, go, sleep } from "@shirts/chan";
import { differs, exercise } from "@shirts/learn/exercise";
import { tried } from "@shirts/learn/tried";

const cases = [
  { shirts: ["purple", "blue", "green"], takeMs: 100 },
  { shirts: ["red", "red", "orange", "blue"], takeMs: 0 },
  { shirts: ["purple"], takeMs: 5000 },
];

export const allSent = exercise({
  task: `Spot the mistake. It is one of the oldest reports about await (babel/babel#909): "all are delivered" comes before the first shirt has arrived.
Let deliver return when the receiver has every shirt.`,
  law: "when deliver returns, the receiver has every shirt, once and in order",
  hints: [
    "Who waits for the promise that an async function returns?",
    "`forEach` calls its function and throws away what it returns.",
    "A plain loop can wait: `for (const shirt of shirts)`.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ main }, print) => {
    await play(() => main(print));
  },
  async complaint({ deliver }) {
    for (const { shirts, takeMs } of cases) {
      const received: string[] = [];
      let there = 0;
      await tried(
        { asleep: "there is a send for which nobody comes", panic: "deliver has more to send" },
        async () => {
          const c = chan<string>();
          go(async () => {
            for (;;) {
              // Without a buffer: it has the shirt at the moment at which it comes for it.
              await sleep(takeMs);
              const [shirt, ok] = await c.recv();
              if (!ok) return;
              received.push(shirt);
            }
          });
          await deliver(shirts, c);
          await null;
          there = received.length;
          // A straggler arrives within this time.
          await sleep(10 * takeMs + 1);
        },
      );
      if (there < shirts.length && received.length >= shirts.length)
        return `deliver returned when ${there} of ${shirts.length} shirts had arrived: it did not wait for its sends`;
      const complaint = differs("the shirts that arrived", received, shirts);
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  },
});
