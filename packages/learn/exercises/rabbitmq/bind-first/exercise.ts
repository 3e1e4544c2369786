import { play } from "@shirts/basics/play";
import { go, sleep } from "@shirts/chan";
import type { Print } from "@shirts/learn";
import { exercise } from "@shirts/learn/exercise";
import { Fanout } from "../fanout.ts";

/** To ask the table takes 10 ms, and 10 ms back; to bind a queue takes 20 ms, and 20 ms back. */
const READ_MS = 10;
const BIND_MS = 20;

/** When the president changes the colour: never, before the worker, at any moment of its start, after it, and twice. */
const cases = [[], [-5], [5], [15], [25], [35], [45], [55], [1000], [-5, 25], [5, 35], [15, 45], [25, 55]];
const COLOURS = ["purple", "blue", "green", "red", "orange"];

type Follow = typeof import("./given.ts").follow;

interface Day {
  /** The colours of the table, the first one and each change. */
  readonly told: readonly string[];
  /** The colours that the worker wore. */
  readonly worn: readonly string[];
}

/** Lets a worker follow the colour, which changes at `moments`. `first` chooses the colours, so that none of them is known before. */
async function rehearse(
  follow: Follow,
  moments: readonly number[],
  first: number,
  print: Print,
): Promise<Day> {
  const worn: string[] = [];
  const told = [0, ...moments].map((_, n) => COLOURS[(first + n) % COLOURS.length] ?? "");
  await play(async () => {
    let [colour = ""] = told;
    let done = 0;
    const changes = new Fanout<string>(BIND_MS);
    const read = async (): Promise<string> => {
      await sleep(READ_MS);
      const answer = colour;
      await sleep(READ_MS);
      return answer;
    };
    const change = (): void => {
      colour = told[++done] ?? "";
      changes.publish(colour);
      print(`the president: ${colour}`);
    };
    for (const ms of moments) if (ms < 0) change();
    go(follow, read, changes, (it: string) => {
      worn.push(it);
      print(`the worker wears ${it}`);
    });
    let now = 0;
    for (const ms of moments.filter((moment) => moment >= 0)) {
      await sleep(ms - now);
      now = ms;
      change();
    }
    await sleep(500);
    changes.close();
    await sleep(1);
  });
  return { told, worn };
}

function tell(moments: readonly number[], [first, ...changes]: readonly string[]): string {
  if (changes.length === 0) return `the colour was ${first} all day`;
  const when = (ms: number) => (ms < 0 ? "before the worker began" : `${ms} ms after the worker began`);
  return `the colour became ${changes.map((colour, n) => `${colour} ${when(moments[n] ?? 0)}`).join(", then ")}`;
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
    await rehearse(follow, [25], 0, print);
  },
  async complaint({ follow }) {
    for (const [first, moments] of cases.entries()) {
      const { told, worn } = await rehearse(follow, moments, first, () => {});
      if (worn.at(-1) === told.at(-1)) continue;
      const why =
        moments.length === 0
          ? "nothing is published, so only the table can say it"
          : "what is published before its queue is bound does not come, and what the table says is read once";
      return `${tell(moments, told)}, and the worker wears ${worn.at(-1) ?? "nothing"}: ${why}`;
    }
    return undefined;
  },
});
