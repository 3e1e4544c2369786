import { play } from "@shirts/basics/play";
import { chan, go, sleep } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";
import { tried } from "@shirts/learn/tried";

/** How many workers listen when the president speaks, and how many come a second later. */
const cases = [
  { listening: 3, late: 0 },
  { listening: 7, late: 0 },
  { listening: 2, late: 1 },
  { listening: 0, late: 4 },
];

export const stopAll = exercise({
  task: `Spot the mistake. The president says stop, and one of three workers hears it.
Let all of them hear it, however many there are, and also a worker that begins to listen when the word is over.`,
  law: "everybody who listens to the chan stops, now or later, and nobody counts them",
  hints: [
    "A value goes to one receiver. What goes to all of them?",
    "A worker that comes late finds a chan as it is now. Which change of a chan stays?",
    "It carries no value. One call, and no await.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ main }, print) => {
    await play(() => main(print));
  },
  async complaint({ stopAll }) {
    for (const { listening, late } of cases) {
      const stopped = { listening: 0, late: 0 };
      const asleep = "stopAll waits for a worker, and nobody listens yet. A close waits for nobody";
      await tried({ asleep }, async () => {
        const stop = chan<string>();
        const listen = async (who: keyof typeof stopped): Promise<void> => {
          await stop.recv();
          stopped[who]++;
        };
        for (let n = 0; n < listening; n++) go(listen, "listening");
        await sleep(1000);
        await stopAll(stop);
        await sleep(1000);
        for (let n = 0; n < late; n++) go(listen, "late");
        await sleep(1000);
      });
      if (stopped.listening < listening)
        return `${stopped.listening} of ${listening} workers stopped: a value goes to one receiver only`;
      if (stopped.late < late)
        return `workers that came after the word: ${late}, and ${stopped.late} of them stopped: a value is gone when somebody has it, and a closed chan stays closed`;
    }
    return undefined;
  },
});
