/**
 * What every node process does around its worker: read settings, connect, report, and end when it is told to.
 *
 * SIGTERM: no new jobs, not even when the node still starts; running ones may finish within the drain time. SIGINT, a second signal or a closed parent
 * pipe: the process ends at once. Jobs that were not acked go back to the queue; nothing is lost either way.
 */
import { connect, type DeadLetter, deadLetterQueue } from "@shirts/amqp";
import { program } from "@shirts/command-line";
import type { Report } from "@shirts/story";
import { openTable } from "@shirts/table";
import { withAdvice } from "../advice.ts";
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

async function live(settings: Settings, play: (node: Node) => Promise<void>): Promise<void> {
  process.once("SIGINT", () => process.exit(130));
  if (settings.parentPipe) process.stdin.resume().once("end", () => process.exit(0));

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
    process.once("SIGTERM", () => process.exit(143));
    setTimeout(() => process.exit(143), settings.drainMs).unref();
    // What it throws ends the node, like every error that nobody awaits.
    void shutdown.begin();
  });
  const table = await openTable(settings.databaseUrl, { name: settings.name });
  const rabbit = await connect(settings.amqpUrl, {
    name: settings.name,
    onStatus: onStatus(report, tell),
    onDeadLetter,
  });
  await play(attach({ settings, report, tell, table, world: new NodeWorld(table), rabbit, shutdown }));
  await rabbit.close();
  await table.close();
}
