import { play } from "@shirts/basics/play";
import { chan, go, sleep } from "@shirts/chan";
import { counted, exercise } from "@shirts/learn/exercise";
import { tried } from "@shirts/learn/tried";

const STEP_MS = 100;

/** When the stop comes, in milliseconds, if ever; and which steps may be painted then. */
const cases = [
  { steps: 5, stopMs: 250, begun: 3 },
  { steps: 8, stopMs: 0, begun: 0 },
  { steps: 4, stopMs: undefined, begun: 4 },
  { steps: 3, stopMs: 10, begun: 1 },
];

export const stillPainting = exercise({
  task: `Spot the mistake. A consumer of RabbitMQ had it (pagerinc/minion#221): the timeout won the race, the message was given back, and the handler went on with it.
Let paintUntil return when it is over with painting, and not earlier.`,
  law: "no step begins after the stop, and none is being painted when paintUntil returns",
  hints: [
    "The race has one winner. What does the loser do now?",
    "A promise cannot be cancelled. Only the loop that paints can stop the loop that paints.",
    "Before each step, ask without waiting: `stop.tryRecv()`. Then no race is needed.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ main }, print) => {
    await play(() => main(print));
  },
  async complaint({ paintUntil }) {
    for (const { steps, stopMs, begun } of cases) {
      let [begins, inHand, inHandAtReturn, lateSteps] = [0, 0, 0, 0];
      let isStopped = false;
      let isDone: boolean | undefined;
      const asleep = `${steps} steps were to be painted, and nobody paints`;
      await tried({ asleep }, async () => {
        const stop = chan<never>();
        const halt = (): void => {
          isStopped = true;
          stop.close();
        };
        if (stopMs === 0) halt();
        else if (stopMs !== undefined)
          go(async () => {
            await sleep(stopMs);
            halt();
          });
        isDone = await paintUntil(stop, steps, async () => {
          begins++;
          inHand++;
          if (isStopped) lateSteps++;
          await sleep(STEP_MS);
          inHand--;
        });
        inHandAtReturn = inHand;
        await sleep(STEP_MS * steps + 1);
      });
      if (lateSteps > 0)
        return `the stop came, and after it ${counted(lateSteps, "more step")} began: a race does not cancel its loser`;
      if (inHandAtReturn > 0)
        return `paintUntil returned ${isDone} while a step was still being painted: who hears "stopped" begins with another colour, and this step lands after it`;
      if (begins !== begun) return `${begins} of ${steps} steps were painted, and it should be ${begun}`;
      if (isDone !== (stopMs === undefined))
        return `${begins} of ${steps} steps were painted, and paintUntil said ${isDone}`;
    }
    return undefined;
  },
});
