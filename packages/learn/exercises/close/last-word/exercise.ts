import { play } from "@shirts/basics/play";
import { chan, go, sleep } from "@shirts/chan";
import { counted, differs, exercise } from "@shirts/learn/exercise";
import { tried } from "@shirts/learn/tried";

/** How many steps there are, how many values the chan holds, and how long the receiver takes for each. */
const cases = [
  { steps: 3, cap: 0, takeMs: 0 },
  { steps: 5, cap: 2, takeMs: 1000 },
  { steps: 0, cap: 0, takeMs: 0 },
];

export const lastWord = exercise({
  task: `An area reports its steps, and the range over its reports never ends: the program waits for a fourth report.
Let the area say that nothing follows. One line is missing.`,
  law: "a range over the reports gets each of them and ends, however many there are",
  hints: [
    "A range ends when its chan is closed. Who knows that nothing follows?",
    "Only the sender can know it. It is the sender's last word.",
    "After the loop, not in it: a close in the loop would be followed by a send.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ main }, print) => {
    await play(() => main(print));
  },
  async complaint({ area }) {
    for (const { steps, cap, takeMs } of cases) {
      const received: string[] = [];
      const asleep = "the receiver waits for a report, and nobody has said that nothing follows";
      const panic = "a close says that nothing follows, and something did";
      const when = `with ${counted(steps, "step")}`;
      await tried({ when, asleep, panic }, async () => {
        const reports = chan<string>(cap);
        go(area, steps, reports);
        for await (const report of reports) {
          received.push(report);
          await sleep(takeMs);
        }
        // A send after the close is a panic, and comes within this time.
        await sleep(1000);
      });
      const wanted = Array.from({ length: steps }, (_, i) => `step ${i + 1}`);
      const complaint = differs(
        `${when}: the close comes when the last send has returned; the reports that arrive`,
        received,
        wanted,
      );
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  },
});
