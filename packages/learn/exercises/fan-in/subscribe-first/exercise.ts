import { type Chan, chan, go, sleep } from "@shirts/chan";
import { ending } from "@shirts/learn/ending";
import { exercise } from "@shirts/learn/exercise";
import type { State } from "@shirts/learn/tailor";
import type { follow as given } from "./given.ts";

const SHIRTS = ["purple", "blue", "green"] as const;

interface Day {
  readonly used: readonly number[];
  readonly reads: number;
  readonly stopped: string | undefined;
}

/** To read takes 5 ms, and 5 ms back; to subscribe `subscribeMs`, twice. The president changes his mind at the moments of `changesMs`. */
async function day(follow: typeof given, changesMs: readonly number[], subscribeMs = 5): Promise<Day> {
  const used: number[] = [];
  let reads = 0;
  const stopped = await ending(async () => {
    let table: State = { shirt: "purple", revision: 1 };
    const queues: Chan<State>[] = [];
    go(async () => {
      let now = 0;
      for (const ms of [...changesMs, 500]) {
        await sleep(ms - now);
        now = ms;
        if (ms === 500) for (const queue of queues) queue.close();
        else {
          // The table first, then the push.
          table = { shirt: SHIRTS[table.revision % 3] ?? "blue", revision: table.revision + 1 };
          for (const queue of queues) queue.trySend(table);
        }
      }
    });
    await follow(
      {
        async readState() {
          if (++reads > 1000) throw new Error("the table was read 1000 times, and no end");
          await sleep(5);
          const read = table;
          await sleep(5);
          return read;
        },
        async subscribe() {
          const queue = chan<State>(100);
          await sleep(subscribeMs);
          queues.push(queue);
          await sleep(subscribeMs);
          return queue;
        },
      },
      ({ revision }) => used.push(revision),
    );
  });
  return { used, reads, stopped };
}

export const subscribeFirst = exercise({
  task: `The tailor reads the table, and then subscribes. A change in between reaches him in neither way, and he dyes in an old colour all day.
Swap two lines.`,
  law: "whenever a change comes, the tailor ends with the newest state, and he never goes back",
  hints: [
    "Draw a line: read at 5 ms, subscribed at 15 ms. What happens to a change at 10 ms?",
    "A change that comes twice is better than one that never comes. The revision tells them apart.",
    "First `subscribe`, then `readState`.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ follow }, print) {
    for (const ms of [2, 8, 12, 100])
      print(`a change at ${ms} ms: he uses revisions ${(await day(follow, [ms])).used.join(", ")}`);
  },
  async complaint({ follow }) {
    const fast = [[], [2], [6], [8], [12], [17], [30], [2, 8, 12, 17, 30], [8, 100], [12, 13]];
    for (const [changes, subscribeMs] of [
      ...fast.map((changes) => [changes, 5] as const),
      // Who asks for both at once is told of no change that comes between the two.
      ...[[], [2], [12], [30], [42], [47], [12, 42]].map((changes) => [changes, 20] as const),
    ]) {
      const { used, reads, stopped } = await day(follow, changes, subscribeMs);
      const newest = changes.length + 1;
      const when = changes.length === 0 ? "no change comes" : `changes come at ${changes.join(", ")} ms`;
      if (stopped) return `${when}: ${stopped}`;
      if (used.at(-1) !== newest)
        return `${when}, and the tailor ends with revision ${used.at(-1) ?? "none"}; the newest is ${newest}. The change came after his read and before his subscription: nobody will tell him again`;
      if (used.some((revision, i) => i > 0 && revision <= (used[i - 1] ?? 0)))
        return `${when}, and he uses revisions ${used.join(", ")}: he goes back, or takes one twice`;
      if (reads > 3)
        return `${when}, and he reads the table ${reads} times: who is told of each change reads once`;
    }
    return undefined;
  },
});
