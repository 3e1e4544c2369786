import { play } from "@shirts/basics/play";
import { after, type Chan, chan, go, sleep } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";
import { tried } from "@shirts/learn/tried";

/** How long the reader waits, and when the answer comes, if ever. The last one comes between two looks of whoever looks now and then. */
const cases = [
  { ms: 1000, comesAt: 500 },
  { ms: 1000, comesAt: undefined },
  { ms: 20, comesAt: undefined },
  { ms: 20, comesAt: 30 },
  { ms: 7000, comesAt: 6000 },
  { ms: 1000, comesAt: 37 },
];

/** So long afterwards nobody may have taken what was not asked for. */
const AFTERWARDS_MS = 10_000;

async function now(): Promise<number> {
  const [ms = 0] = await after(0).recv();
  return ms;
}

/** The wait is over. Does somebody take an answer that is there, or that comes now? Then why; undefined: nobody does. */
async function whyTaken(answers: Chan<string>, inTime: boolean): Promise<string | undefined> {
  await sleep(1);
  if (!inTime) {
    if (answers.trySend("too late")) return "a recv that has lost stays in the queue";
    go(() => answers.send("too late"));
  }
  await sleep(AFTERWARDS_MS);
  if (answers.tryRecv() !== undefined) return undefined;
  return inTime ? "it asked for one, and took two" : "it has given up, and looks again";
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
      let swallowed: string | undefined;
      const asleep = `no answer comes, and after ${ms} ms it waits still`;
      const inTime = comesAt !== undefined && comesAt < ms;
      await tried({ asleep }, async () => {
        const answers = chan<string>();
        if (inTime)
          go(async () => {
            await sleep(comesAt);
            // Both at once: the second one is there before anybody can go on with the first one.
            await Promise.all([answers.send("painted"), answers.send("too much")]);
          });
        const begin = await now();
        got = await wait(answers, ms);
        tookMs = (await now()) - begin;
        swallowed = await whyTaken(answers, inTime);
      });
      const wanted = inTime ? "painted" : `no answer in ${ms} ms`;
      const what = inTime ? `the answer came after ${comesAt} ms` : `no answer came within ${ms} ms`;
      if (got !== wanted || tookMs !== (inTime ? comesAt : ms))
        return `${what}, and after ${tookMs} ms it returned ${JSON.stringify(got)}: a select returns with the first case that is ready, the answer or the timeout`;
      if (swallowed !== undefined)
        return `${what}, it returned, and then it took the next answer: ${swallowed}, and the sender believes that somebody has its value`;
    }
    return undefined;
  },
});
