/** The faults of the storm, by name. Each is injected into a running story and resolves when it is over. */
import { setTimeout as sleep } from "node:timers/promises";
import { encodeCommand } from "@shirts/cluster/messages";
import { startOnce } from "@shirts/cluster/processes";
import { type Area, type Command, colours, STAGES } from "@shirts/story";
import { type Arena, HEARTBEAT_S, POPULATION, type Slot } from "./arena.ts";
import { failover } from "./failover.ts";
import type { Random } from "./random.ts";

/** What a fault may touch. `commands` are those of this story so far, oldest first. */
export interface Injection {
  readonly arena: Arena;
  readonly random: Random;
  readonly commands: readonly Command[];
  /** Resolves when the story's last command has been given. */
  readonly allGiven: Promise<void>;
  /** Gives one command more, and waits for a moment. */
  readonly giveOne: () => Promise<void>;
  /** Notes a command that somebody else gave. */
  readonly note: (command: Command) => void;
  /** Leaves something broken until the story is quiet. */
  readonly whenQuiet: (repair: () => Promise<void>) => void;
}

type Fault = (injection: Injection) => Promise<void>;

const victim = ({ arena, random }: Injection): Slot => random.pick(arena.slots);

/** Kills a node in the middle of whatever it does; the broker gives its jobs to the others. */
const kill: Fault = async (injection) => {
  const slot = victim(injection);
  slot.process?.signal("SIGKILL");
  await slot.process?.ended;
  await injection.arena.heal();
};

/** Freezes a node until the broker has given up its connection, then lets it go on where it was. */
const freeze: Fault = (injection) => pause(injection, 3000 * HEARTBEAT_S);

/** Freezes a node for a moment: its connection lives, and so do the cancels that wait in it. */
const nap: Fault = (injection) => pause(injection, injection.random.int(100, 400));

async function pause(injection: Injection, forMs: number): Promise<void> {
  const { process, name } = victim(injection);
  const tell = (type: "paused" | "resumed") => injection.arena.listener({ type, node: name, at: Date.now() });
  process?.signal("SIGSTOP");
  tell("paused");
  await sleep(forMs);
  process?.signal("SIGCONT");
  tell("resumed");
}

/** Cuts a node's connections to the broker; it reconnects by itself. */
const cut: Fault = async (injection) => {
  victim(injection).proxy.cut();
};

/** Holds back everything between the broker and a node, in both directions. Nothing is lost, all comes late. */
const stall: Fault = async (injection) => {
  const { proxy } = victim(injection);
  proxy.stall();
  await sleep(injection.random.int(50, 300));
  proxy.flow();
};

/** Every node is far from the broker, from the first command on: each cancel is on its way while the jobs run. */
const lag: Fault = async ({ arena, random, whenQuiet }) => {
  const far = (ms: () => number) => {
    for (const { proxy } of arena.slots) proxy.lag(ms());
  };
  far(() => random.int(20, 40));
  whenQuiet(async () => far(() => 0));
};

/** Kills a broker without a goodbye and starts it again on its own data. */
const broker: Fault = async ({ arena, random }) => {
  await random.pick(arena.brokers).restart();
};

/** A broker dies, and stays dead: with one broker for a while, in a cluster until the story is over. */
const outage: Fault = async ({ arena, random, whenQuiet }) => {
  // The last one is the president's, which has no other address.
  const victim = random.pick(arena.brokers.length > 1 ? arena.brokers.slice(0, -1) : arena.brokers);
  await victim.kill();
  if (arena.brokers.length > 1) return whenQuiet(() => victim.restart());
  await sleep(random.int(500, 2000));
  await victim.restart();
};

/** The newest job is published again while it runs. When all is done, the jobs of overtaken commands come again, too, as from a publisher that saw no confirm. */
const duplicate: Fault = async ({ arena, commands, allGiven }) => {
  await allGiven;
  const [newest] = commands.slice(-1);
  if (newest) await arena.rabbit.publish(STAGES[arena.stage].jobs.queue, encodeCommand(newest));
  await sleep(300);
  const isOvertaken = ({ area, revision }: Command) =>
    commands.some((other) => other.area === area && other.revision > revision);
  for (const command of commands.filter(isOvertaken)) {
    await arena.rabbit.publish(STAGES[arena.stage].jobs.queue, encodeCommand(command));
  }
};

/** Feeds the workers bodies that are no commands and no cancels: not JSON, a field missing, a megabyte. */
const malformed: Fault = async ({ arena, random }) => {
  const bodies = [
    Buffer.from("PURPLE"),
    Buffer.from('{"area":"north-america"}'),
    Buffer.alloc(1_000_000, "x"),
  ];
  await arena.rabbit.publish(STAGES[arena.stage].jobs.queue, random.pick(bodies));
  await arena.rabbit.broadcast(STAGES.v4.cancels, random.pick(bodies));
};

/** Deletes a node's own cancel queue behind its back, while commands go on. */
const queue: Fault = async ({ arena, random, giveOne }) => {
  const names = (await arena.broker.ctl("list_queues", "--silent", "name")).split("\n");
  const own = names.filter((name) => name.startsWith("amq.gen-"));
  if (own.length === 0) return; // v1 listens to nobody
  let isGone = false;
  const gone = arena.broker.ctl("delete_queue", random.pick(own)).finally(() => {
    isGone = true;
  });
  const go = async () => {
    // rabbitmqctl takes about a second; some of these commands meet the node while it is deaf.
    while (!isGone) await giveOne();
  };
  await Promise.all([gone, go()]);
};

/**
 * Another president, a process of its own, is killed between the table and the broker: its command is accepted, and
 * nobody has published it. In v4 the relay does; in the talk's stages nobody ever will.
 */
const president: Fault = async ({ arena, random, allGiven, note }) => {
  await allGiven;
  const area = random.pick(Object.keys(POPULATION) as Area[]);
  const shirt = random.pick(colours);
  const revision = ((await arena.table.revisions()).get(area) ?? 0) + 1;
  const world = await arena.table.world();
  const args = [shirt, "--area", area, "--stage", arena.stage];
  const doomed = startOnce(
    "another president",
    "cluster/src/president/main.ts",
    args,
    arena.presidentEnv,
    () => {},
  );
  let hasEnded = false;
  const ended = doomed.ended.then(() => {
    hasEnded = true;
  });
  const command = { area, shirt, revision, world };
  while (!hasEnded && !(await arena.table.accepted(command)));
  doomed.signal("SIGKILL");
  await ended;
  if (!(await arena.table.accepted(command)))
    throw new Error(`a president ended before its command was accepted: ${doomed.complaint()}`);
  note(command);
};

export const FAULTS = {
  none: async () => {},
  nap,
  stall,
  lag,
  cut,
  kill,
  freeze,
  duplicate,
  malformed,
  queue,
  broker,
  outage,
  president,
  failover,
} satisfies Record<string, Fault>;
export type FaultName = keyof typeof FAULTS;
/** They are there before the story's first command; the others strike in the middle. */
export const FROM_THE_START: ReadonlySet<FaultName> = new Set<FaultName>(["lag"]);
export const faultNames = Object.keys(FAULTS) as FaultName[];

export function isFault(text: string): text is FaultName {
  return Object.hasOwn(FAULTS, text);
}
