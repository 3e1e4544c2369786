/**
 * What every node process does around its worker: read settings, connect, report, and end when it is told to.
 *
 * SIGTERM: no new jobs, not even when the node still starts; running ones may finish within the drain time. SIGINT, a second signal or a closed parent
 * pipe: the process ends at once. Jobs that were not acked go back to the queue; nothing is lost either way.
 */
import { connect, type DeadLetter, deadLetterQueue } from "@shirts/amqp";
import type { Report } from "@shirts/story";
import { complain } from "@shirts/story/command-line";
import { openWorld } from "@shirts/world";
import { withAdvice } from "./advice.ts";
import { attach, type Node } from "./attach.ts";
import { Ending } from "./ending.ts";
import { readSettings, type Settings, usage } from "./settings.ts";
import { onStatus } from "./states.ts";
import { voice } from "./voice.ts";

/** Runs one node of `stage` until `play` resolves or a signal comes; ends the process either way. */
export async function runNode(stage: string, play: (node: Node) => Promise<void>): Promise<void> {
  try {
    const settings = readSettings(stage, process.argv.slice(2), process.env);
    if (settings === "help") {
      process.stdout.write(usage(stage));
      return;
    }
    await live(settings, play);
    process.exit(0);
  } catch (error) {
    die(error, stage);
  }
}

async function live(settings: Settings, play: (node: Node) => Promise<void>): Promise<void> {
  process.once("SIGINT", () => process.exit(130));
  process.on("uncaughtException", (error) => die(error, settings.name));
  if (settings.parentPipe) process.stdin.resume().once("end", () => process.exit(0));

  const say = voice(settings.json, settings.steps);
  const report: Report = (happening) => say({ ...happening, node: settings.name, at: Date.now() });
  const tell = (line: string) => process.stderr.write(`${settings.name}: ${line}\n`);
  const onDeadLetter = ({ queue, reason }: DeadLetter) => {
    report({ type: "dead-lettered", queue, reason });
    tell(`a message of ${queue} is in ${deadLetterQueue(queue)} now: ${reason}`);
  };
  // Before anything is opened: who is told to end while he starts must not take jobs afterwards.
  const ending = new Ending();
  process.once("SIGTERM", () => {
    process.once("SIGTERM", () => process.exit(143));
    setTimeout(() => process.exit(143), settings.drainMs).unref();
    ending.begin().catch((error) => die(error, settings.name));
  });
  const world = await openWorld(settings.databaseUrl, { name: settings.name });
  const rabbit = await connect(settings.amqpUrl, {
    name: settings.name,
    onStatus: onStatus(report, tell),
    onDeadLetter,
  });
  await play(attach({ settings, report, tell, world, rabbit, ending }));
  await rabbit.close();
  await world.close();
}

/** Says in one line why the process ends, and ends it: exit code 2 for bad usage, 1 for everything else. */
function die(error: unknown, who: string): never {
  process.exit(complain(`${who}:`, withAdvice(error)));
}
