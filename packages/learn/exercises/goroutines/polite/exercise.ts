import { play } from "@shirts/basics/play";
import { go, sleep } from "@shirts/chan";
import { differs, exercise } from "@shirts/learn/exercise";

/** Plays `paint` for a president who sets a timer at each step. Resolves to a complaint. */
async function listen(
  paint: (steps: number, step: (n: number) => void) => Promise<void>,
  steps: number,
): Promise<string | undefined> {
  const painted: number[] = [];
  /** The last step of which the president has heard, at each step. */
  const heardAt: number[] = [];
  let heard = 0;
  await play(async () => {
    await paint(steps, (n) => {
      painted.push(n);
      heardAt.push(heard);
      go(hear, sleep(0), n);
    });
  });
  async function hear(timer: Promise<void>, n: number): Promise<void> {
    await timer;
    heard = n;
  }
  const all = Array.from({ length: steps }, (_, i) => i + 1);
  const complaint = differs("the steps that were painted when paint returned", painted, all);
  if (complaint !== undefined) return complaint;
  const greedy = heardAt.findIndex((last, i) => last < i);
  if (greedy === -1) return undefined;
  return `between step ${greedy} and step ${greedy + 1} of ${steps} the president had no turn: he waits for a timer, and timers run only while every routine waits for something that is not ready`;
}

export const polite = exercise({
  task: `A routine paints all steps of its area in a row. The president, who waits for a timer, hears nothing until it is done.
Let everybody else have a turn after each step. One line is missing.`,
  law: "after each step everybody else gets a turn, also one who waits for a timer",
  hints: [
    "Nobody can interrupt a routine. It has to wait of its own will.",
    "An `await` of something that is ready lets ready routines run, but no timer.",
    "To sleep for no time at all is to wait for a timer, too.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ main }, print) => {
    await play(() => main(print));
  },
  async complaint({ paint }) {
    return (await listen(paint, 3)) ?? (await listen(paint, 12)) ?? (await listen(paint, 1));
  },
});
