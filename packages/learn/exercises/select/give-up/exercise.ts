import { play } from "@shirts/basics/play";
import { after, chan, go, sleep } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";
import { tried } from "@shirts/learn/tried";

/** How long the reader waits, and when the answer comes, if ever. */
const cases = [
  { ms: 1000, comesAt: 500 },
  { ms: 1000, comesAt: undefined },
  { ms: 20, comesAt: undefined },
  { ms: 20, comesAt: 30 },
  { ms: 7000, comesAt: 6000 },
];

async function now(): Promise<number> {
  const [ms = 0] = await after(0).recv();
  return ms;
}

export const giveUp = exercise({
  task: `It waits for an answer, and should give up after a while. The case "timeout" waits for a chan on which nobody ever sends.
Let it be a chan that gives one value in time. An answer that comes too late stays with its sender.`,
  law: "an answer is returned when it comes; without one it gives up in time, and takes no answer afterwards",
  hints: [
    "A timeout needs no word of its own: it is a chan.",
    "The chapter has a function that makes a chan of a number of milliseconds.",
    "`after(ms)`, in place of `never`.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: async ({ main }, print) => {
    await play(() => main(print));
  },
  async complaint({ wait }) {
    for (const { ms, comesAt } of cases) {
      let got = "";
      let tookMs = 0;
      let isSwallowed = false;
      const asleep = `no answer comes, and after ${ms} ms it waits still`;
      await tried({ asleep }, async () => {
        const answers = chan<string>();
        if (comesAt !== undefined && comesAt < ms)
          go(async () => {
            await sleep(comesAt);
            await answers.send("painted");
          });
        const begin = await now();
        got = await wait(answers, ms);
        tookMs = (await now()) - begin;
        // It has given up. Does somebody take an answer that comes now?
        await sleep(1);
        isSwallowed = answers.trySend("too late");
      });
      const inTime = comesAt !== undefined && comesAt < ms;
      const wanted = inTime ? "painted" : `no answer in ${ms} ms`;
      const what = inTime ? `the answer came after ${comesAt} ms` : `no answer came within ${ms} ms`;
      if (got !== wanted || tookMs !== (inTime ? comesAt : ms))
        return `${what}, and after ${tookMs} ms it returned ${JSON.stringify(got)}`;
      if (isSwallowed)
        return `${what}, it returned, and then it took the next answer: a recv that has lost stays in the queue, and the sender believes that somebody has its value`;
    }
    return undefined;
  },
});
