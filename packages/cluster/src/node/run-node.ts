/**
 * What every node process does around its worker: read settings, connect, report, and end when it is told to.
 *
 * SIGTERM: no new jobs, not even when the node still starts; running ones may finish within the drain time. SIGINT, a second signal or a closed parent
 * pipe: the process ends at once, but for one word to the table. Jobs that were not acked go back to the queue; nothing is lost either way.
 */
import { connect, type DeadLetter, deadLetterQueue } from "@shirts/amqp";
import { after, chan, go, type RecvChan, receiving, select } from "@shirts/chan";
import { program } from "@shirts/command-line";
import type { Report } from "@shirts/story";
import { openTable } from "@shirts/table";
import { withAdvice } from "../advice.ts";
import { brokerName, tableName, worksWith } from "../names.ts";
import { Attempts } from "./attempts.ts";
import { onStatus } from "./connection-status.ts";
import { eventLog } from "./event-log.ts";
import { attach, type Node } from "./node.ts";
import { NodeWorld } from "./node-world.ts";
import { OPTIONS, readSettings, type Settings, usage } from "./settings.ts";
import { Shutdown } from "./shutdown.ts";

/** Runs one node of `stage` until `play` resolves or a signal comes; ends the process either way. */
export function runNode(stage: string, play: (node: Node) => Promise<void>): Promise<void> {
  let name = stage;
  return program({
    name: () => name,
    usage: usage(stage),
    options: OPTIONS,
    explain: withAdvice,
    async main(flags) {
      const settings = readSettings(stage, flags, process.env);
      name = settings.name;
      await live(settings, play);
    },
  });
}

/** What a person may do to this process. npm, pnpm and tsx stand around it, and each has a process id of its own. */
const byHand = (pid: number) =>
  `kill -9 ${pid} kills it, kill -STOP ${pid} freezes it, kill -CONT ${pid} wakes it up`;

/** How long the last words to the table may take, in milliseconds. */
const LAST_WORDS_MS = 1_000;

async function live(settings: Settings, play: (node: Node) => Promise<void>): Promise<void> {
  let attempts: Attempts | undefined;
  /** At once, but for one statement: the table should not take this for a kill. */
  const leave = async (code: number): Promise<void> => {
    await select({ over: receiving(after(LAST_WORDS_MS)), end: receiving(ending(attempts)) });
    process.exit(code);
  };
  process.once("SIGINT", () => leave(130));
  if (settings.parentPipe) process.stdin.resume().once("end", () => leave(0));

  const log = eventLog(settings.json);
  const report: Report = (body) => log({ ...body, node: settings.name, at: Date.now() });
  const tell = (line: string) => process.stderr.write(`${settings.name}: ${line}\n`);
  const onDeadLetter = ({ queue, reason }: DeadLetter) => {
    report({ type: "dead-lettered", queue, reason });
    tell(`a message of ${queue} is in ${deadLetterQueue(queue)} now: ${reason}`);
  };
  // Before anything is opened: a node that is told to end while it starts must not take jobs afterwards.
  const shutdown = new Shutdown();
  process.once("SIGTERM", () => {
    process.once("SIGTERM", () => leave(143));
    setTimeout(() => leave(143), settings.drainMs).unref();
    // What it throws ends the node, like every error that nobody awaits.
    void shutdown.begin();
  });
  const table = await openTable(settings.databaseUrl, { name: settings.name });
  const rabbit = await connect(settings.amqpUrl, {
    name: settings.name,
    onStatus: onStatus(report, tell),
    onDeadLetter,
  });
  if (!settings.json)
    process.stdout.write(
      `${worksWith(settings.name, brokerName(rabbit.server), tableName(table.server))}\n${byHand(process.pid)}\n`,
    );
  attempts = new Attempts(table, settings.name, report);
  const world = new NodeWorld(table);
  await play(attach({ settings, report, tell, table, world, attempts, rabbit, shutdown }));
  await Promise.all([shutdown.begin(), rabbit.close(), attempts.end()]);
  await table.close();
}

/** Closed when the attempts are taken back. */
function ending(attempts: Attempts | undefined): RecvChan<never> {
  const ended = chan<never>();
  go(async () => {
    await attempts?.end();
    ended.close();
  });
  return ended;
}
