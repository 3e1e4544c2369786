import { play } from "@shirts/basics/play";
import { chan, sleep, WaitGroup } from "@shirts/chan";
import { differs, exercise } from "@shirts/learn/exercise";
import { tried } from "@shirts/learn/tried";

/** How many shirts are taken, and the pause in front of each and of the word. */
const cases = [
  { takes: 3, pauseMs: 100 },
  { takes: 10, pauseMs: 0 },
  { takes: 0, pauseMs: 10 },
  { takes: 1, pauseMs: 5000 },
];

export const offer = exercise({
  task: `A tailor sews until somebody says quit. But it stands at the chan with the next shirt in its hand, and does not hear the word.
Let it offer a shirt and listen at the same time.`,
  law: "the tailor ends when quit is closed, knows how many shirts were taken, and leaves no shirt at the chan",
  hints: [
    "A select may send, too: `sending(c, x)` offers x, and does nothing when the other case wins.",
    "Two cases: the next shirt, and quit.",
    "When quit has won, shirt n was offered and not taken. So n - 1 were.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ main }, print) => {
    await play(() => main(print));
  },
  async complaint({ tailor }) {
    for (const { takes, pauseMs } of cases) {
      const taken: number[] = [];
      let counted = -1;
      let left: number | undefined;
      const asleep = `quit was closed after ${takes} shirts, and the tailor still waits for somebody who takes shirt ${takes + 1}`;
      await tried({ asleep, spins: "the tailor must wait at the chan" }, async () => {
        const [shirts, quit] = [chan<number>(), chan<never>()];
        const group = new WaitGroup();
        group.go(async () => {
          counted = await tailor(shirts, quit);
        });
        for (let n = 0; n < takes; n++) {
          await sleep(pauseMs);
          taken.push((await shirts.recv())[0] ?? 0);
        }
        await sleep(pauseMs);
        quit.close();
        await group.wait();
        await sleep(1);
        left = shirts.tryRecv()?.[0];
      });
      const wanted = Array.from({ length: takes }, (_, i) => i + 1);
      const complaint = differs(`the shirts that a customer of ${takes} got`, taken, wanted);
      if (complaint !== undefined) return complaint;
      if (left !== undefined)
        return `the tailor has ended, and shirt ${left} still stands at the chan in its name: whoever comes later gets it, and nobody has counted it`;
      if (counted !== takes)
        return `${takes} shirts were taken, and the tailor says ${counted}: what was offered and not taken does not count`;
    }
    return undefined;
  },
});
