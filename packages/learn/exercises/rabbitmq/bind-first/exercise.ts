import { play } from "@shirts/basics/play";
import { go, sleep } from "@shirts/chan";
import type { Print } from "@shirts/learn";
import { exercise } from "@shirts/learn/exercise";
import { Fanout } from "../fanout.ts";

/** To ask the table takes 10 ms, and 10 ms back; to bind a queue takes 20 ms, and 20 ms back. */
const READ_MS = 10;
const BIND_MS = 20;

/** When the president changes the colour: before the worker, at any moment of its start, and after it. */
const moments = [-5, 5, 15, 25, 35, 45, 55, 1000];

type Follow = typeof import("./given.ts").follow;

/** Lets a worker follow the colour, which becomes blue at `ms`. Resolves to the colours that it wore. */
async function rehearse(follow: Follow, ms: number, print: Print): Promise<readonly string[]> {
  const worn: string[] = [];
  await play(async () => {
    let colour = "purple";
    const changes = new Fanout<string>(BIND_MS);
    const read = async (): Promise<string> => {
      await sleep(READ_MS);
      const answer = colour;
      await sleep(READ_MS);
      return answer;
    };
    const change = (): void => {
      colour = "blue";
      changes.publish(colour);
      print("the president: blue");
    };
    if (ms < 0) change();
    go(follow, read, changes, (it: string) => {
      worn.push(it);
      print(`the worker wears ${it}`);
    });
    await sleep(Math.max(0, ms));
    if (ms >= 0) change();
    await sleep(500);
    changes.close();
    await sleep(1);
  });
  return worn;
}

export const bindFirst = exercise({
  task: `Spot the mistake. Programs that show a state have it again and again (kui-shell/KuiClientTemplate#276): they get the state, then they watch, and between the two is a gap.
Let the worker wear the newest colour in the end, whenever the change comes.`,
  law: "whenever the colour changes, before, during or after its start, a worker wears the newest one in the end",
  hints: [
    "An exchange keeps nothing. What happens to a change that comes between the read and the bind?",
    "A queue that is bound keeps what comes, until you look at it.",
    "Two lines change places.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ follow }, print) => {
    await rehearse(follow, 25, print);
  },
  async complaint({ follow }) {
    for (const ms of moments) {
      const worn = await rehearse(follow, ms, () => {});
      if (worn.at(-1) === "blue") continue;
      const when = ms < 0 ? "before the worker began" : `${ms} ms after the worker began`;
      return `the colour became blue ${when}, and the worker wears ${worn.at(-1) ?? "nothing"}: what is published before its queue is bound does not come, and what the table says is read once`;
    }
    return undefined;
  },
});
