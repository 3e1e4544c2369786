import { play } from "@shirts/basics/play";
import { chan, sleep } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";
import type { ways } from "./given.ts";

type Name = keyof typeof ways;

const reasons: Readonly<Record<Name, string>> = {
  race: "each turn asks both chans anew, and nobody takes the question of the loser back",
  keep: "the loser is asked once, and its promise is raced again in each turn",
  select: "the case that loses leaves the queue of its chan before any other code can run",
};

export const leftBehind = exercise({
  task: `Predict, then prove. Purple gives a shirt in each turn, and blue stays silent, as a stop chan does.
After so many turns: how many receives still stand at the silent chan? A number or a formula for each way.`,
  law: "the predicted number is how many values vanish into the silent chan afterwards",
  hints: [
    "The chapter plays 20,000 turns: two ways hold megabytes. But not because of the same thing.",
    "Count the calls of `blue.recv()` that nobody answers.",
    "`keep` calls it once and keeps the promise. `select` takes its question back.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async complaint(module) {
    const { ways } = await import("./given.ts");
    for (const name of ["race", "keep", "select"] satisfies Name[]) {
      for (const turns of [1, 2, 50]) {
        const next = ways[name]();
        let vanished = 0;
        await play(async () => {
          const [purple, blue] = [chan<string>(1), chan<string>()];
          for (let turn = 0; turn < turns; turn++) {
            purple.trySend("purple");
            await next(purple, blue);
          }
          await sleep(1);
          // Nobody asks any more. Each value that is taken all the same is gone.
          while (blue.trySend("blue")) vanished++;
        });
        const predicted = module.leftBehind[name](turns);
        if (predicted !== vanished)
          return `${name}, turns ${turns}: you say ${predicted}, and there are ${vanished}: ${reasons[name]}`;
      }
    }
    return undefined;
  },
});
