/** `pnpm --filter your-queue start bullmq`: the bug in a queue that people use; with --fence, the same without it. */
import { program, stopSignal, UsageError, wholeNumber } from "@shirts/command-line";
import { isHelped, playAll } from "./all.ts";
import { play } from "./play.ts";
import { playOf } from "./play-of.ts";
import { nameAndVersion, QUEUE_NAMES, QUEUES, type QueueFacts, type QueueName } from "./queues.ts";
import { openServices } from "./services.ts";
import { StoppedError } from "./workers.ts";

const USAGE = `pnpm --filter your-queue start QUEUE [--fence] [--plays N]

  QUEUE       ${QUEUE_NAMES.join(", ")};
              all plays each of them, without and with a fence
  --fence     the same queue with a fence: ten lines more
  --plays N   plays it N times, and counts; default 1

REDIS_URL and DATABASE_URL name real servers. Without them this machine's redis-server and PostgreSQL are started, on free
ports; a queue that needs no PostgreSQL keeps its people in PGlite. Exit code 1 when a play with a fence is wrong,
or one without it is right; mail-window is wrong with a fence, too.`;

function queueNamed(words: readonly string[]): QueueName {
  const name = QUEUE_NAMES.find((one) => one === words[0]);
  if (name !== undefined && words.length === 1) return name;
  throw new UsageError(`Which queue? One of ${QUEUE_NAMES.join(", ")}; for example: start bullmq --fence`);
}

interface Wish {
  readonly name: QueueName;
  readonly isFenced: boolean;
  readonly times: number;
}

/** Resolves with the exit code: 0 when all plays went as expected. */
async function playOne({ name, isFenced, times }: Wish, stop: AbortSignal): Promise<number> {
  const facts: QueueFacts = QUEUES[name];
  const hoped = isFenced && isHelped(facts);
  const title = nameAndVersion(facts);
  const services = await openServices(facts.needs);
  try {
    console.log(`${title}, ${isFenced ? "with a fence" : "as it is"}, on ${services.names}`);
    let expected = 0;
    for (let at = 1; at <= times; at++) {
      const tell = times === 1 ? console.log : () => {};
      const { right, line } = await play(playOf(name, isFenced), services, tell, stop);
      if (right === hoped) expected++;
      if (times === 1 || right !== hoped) console.log(`${right ? "✓" : "✗"} ${line}`);
    }
    if (isFenced && facts.isWindow)
      console.log("This window stays: worker 1 had passed the fence before BLUE was accepted.");
    if (times > 1) console.log(`${hoped ? "✓ right" : "✗ wrong"} in ${expected} of ${times} plays`);
    return expected === times ? 0 : 1;
  } finally {
    await services.close();
  }
}

await program({
  name: "your-queue",
  usage: USAGE,
  options: { fence: { type: "boolean" }, plays: { type: "string", default: "1" } },
  positionals: "words",
  async main({ fence = false, plays }, words) {
    // `pnpm start bullmq -- --fence` hands on the two dashes, and what follows as words.
    const queues = words.filter((word) => word !== "--fence");
    const isFenced = fence || words.includes("--fence");
    const times = wholeNumber("--plays", plays, 1, 1000);
    const isAll = queues[0] === "all" && queues.length === 1;
    const wish = isAll ? undefined : { name: queueNamed(queues), isFenced, times };
    // A signal ends the play in order: frozen workers and the servers that were started must not outlive it.
    const stop = new AbortController();
    let signalled: number | undefined;
    void stopSignal().then((exitCode) => {
      signalled = exitCode;
      stop.abort();
    });
    try {
      return wish ? await playOne(wish, stop.signal) : (await playAll(times, stop.signal)) ? 0 : 1;
    } catch (error) {
      if (error instanceof StoppedError && signalled !== undefined) return signalled;
      throw error;
    }
  },
});
