/**
 * One play: worker 1 takes PURPLE and stalls, BLUE is commanded and painted, worker 1 goes on. Each event waits for the one
 * before it, so the order is the same each time; only how long a queue waits until it gives a job again is its own.
 */
import { judgeMails } from "./mail/mails.ts";
import { AREA, judge, makePeople, type Verdict } from "./people.ts";
import type { QueueFacts } from "./queues.ts";
import type { Services, Stage } from "./services.ts";
import { judgeStore } from "./store/objects.ts";
import type { Halves, Tools } from "./tools.ts";
import { type WorkerPlan, Workers } from "./workers.ts";

export interface Play {
  readonly queue: QueueFacts;
  /** The module that is played: its URL. It exports Halves. */
  readonly file: string;
  /** Makes what the queue needs in a new database. */
  readonly setUp?: ((tools: Tools) => Promise<void>) | undefined;
}

/** Plays it on a new database of the services, and tells each event in one line. Throws when a worker ends or hangs, and StoppedError after `stop`. */
export async function play(
  { queue, file, setUp }: Play,
  services: Services,
  tell: (line: string) => void,
  stop?: AbortSignal,
): Promise<Verdict> {
  const stage = await services.newStage(queue.outside);
  const workers = new Workers((line) => tell(`  ${line}`), stop);
  try {
    const tools: Tools = { ...stage, render: async () => {}, log: tell };
    await makePeople(stage.db);
    await setUp?.(tools);
    const { command } = (await import(file)) as Halves;
    const plan: WorkerPlan = {
      file,
      queue: stage.queue,
      databaseUrl: stage.databaseUrl,
      redisUrl: stage.redisUrl,
      outsideUrl: stage.outsideUrl,
      stall: queue.stall,
    };

    const stallsAt = `PURPLE ${queue.stallsIn}`;
    tell("PURPLE is commanded");
    await command(tools, { area: AREA, shirt: "PURPLE" });
    workers.start({ ...plan, stallsAt });
    let said = await workers.until(new RegExp(`^worker 1: renders ${stallsAt}$`));
    if (queue.stall === "frozen") workers.freeze();
    tell(`worker 1 does ${queue.stallsIn - 1} steps of PURPLE, and is ${queue.stall}`);

    workers.start(plan);
    if (queue.givesAgain) {
      said = await workers.until(/renders PURPLE 1$/, said);
      tell(`PURPLE is given again: ${queue.because}`);
      said = await workers.until(/: PURPLE done$/, said);
    }
    tell(`BLUE is commanded${queue.givesAgain ? "" : `: ${queue.because}`}`);
    await command(tools, { area: AREA, shirt: "BLUE" });
    said = await workers.until(/: BLUE done$/, said);

    tell("worker 1 goes on");
    workers.goOn();
    await workers.until(/^worker 1: PURPLE (done|refused)$/, said);
    return await verdictOn(queue, stage);
  } finally {
    await workers.end();
    await stage.close();
  }
}

function verdictOn({ outside }: QueueFacts, { db, outsideUrl }: Stage): Promise<Verdict> {
  if (outside === "store") return judgeStore(outsideUrl, "BLUE");
  if (outside === "mail") return judgeMails(outsideUrl, "BLUE");
  return judge(db, "BLUE");
}
