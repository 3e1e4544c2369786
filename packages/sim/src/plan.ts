/**
 * A story as data: its nodes, the president's commands and their times, and its faults. Together with a seed it fixes every
 * event of a run. Times are virtual milliseconds. One step paints one person, so an area has `steps` people.
 */
import type { Area, Colour } from "@shirts/story";

/** A node of the story. Its place in the list is its name: n1, n2, ... */
export interface NodePlan {
  /** How long one step takes, give or take a quarter. With 0 it is over when the worker asks. */
  readonly paceMs: number;
}

export interface CommandPlan {
  readonly atMs: number;
  readonly area: Area;
  readonly shirt: Colour;
}

/** What may go wrong. `node` and `command` count from 0. */
export type Fault =
  /** kill -9, and a new process after `forMs`. Its jobs go back to the queue; its cancel queue is gone. */
  | { readonly kind: "crash"; readonly node: number; readonly atMs: number; readonly forMs: number }
  /** SIGSTOP and SIGCONT. Paused for longer than `HEARTBEAT_MS`, it loses its connection, and its jobs go to others. */
  | { readonly kind: "pause"; readonly node: number; readonly atMs: number; readonly forMs: number }
  /** The connection to the broker is cut; the process works on and has a new connection after `forMs`. */
  | { readonly kind: "disconnect"; readonly node: number; readonly atMs: number; readonly forMs: number }
  /** The node's cancel queue is gone for `forMs`. It is exclusive and needs no ack, so the cancels of that time are lost. */
  | { readonly kind: "lost-cancel"; readonly node: number; readonly atMs: number; readonly forMs: number }
  /** The broker goes down, and every node loses its connection. The queue of jobs is durable and comes back. */
  | { readonly kind: "broker-restart"; readonly atMs: number; readonly forMs: number }
  /** A command is published once more, as by a publisher that saw no confirm. */
  | { readonly kind: "duplicate"; readonly command: number; readonly atMs: number }
  /** The node's steps take five times as long. */
  | { readonly kind: "slow"; readonly node: number; readonly atMs: number; readonly forMs: number }
  /** Messages from the broker to the node take `DELAY_MS` longer. */
  | { readonly kind: "delay"; readonly node: number; readonly atMs: number; readonly forMs: number }
  /** SIGTERM, as at a deploy: no new jobs, and `forMs` to finish the running ones. Then the process ends, and a new one starts. */
  | { readonly kind: "terminate"; readonly node: number; readonly atMs: number; readonly forMs: number }
  /** For `forMs` the table's answers to the node are lost: each statement has run, and is asked again. */
  | { readonly kind: "lost-answer"; readonly node: number; readonly atMs: number; readonly forMs: number }
  /** A crash, and the node's jobs had come back too often: where the queue has a limit, it dead-letters them. */
  | { readonly kind: "delivery-limit"; readonly node: number; readonly atMs: number; readonly forMs: number }
  /** The president dies after the table has accepted the command and before it is published. The next one comes at `atMs`. */
  | { readonly kind: "president-death"; readonly command: number; readonly atMs: number }
  /** Somebody deletes the queue of jobs. Each node declares it again when it hears that. */
  | { readonly kind: "deleted-queue"; readonly atMs: number }
  /** `prepare`: a new world while nodes work. A node of the earlier one ends when it notices, and starts again after `forMs`. */
  | { readonly kind: "prepare"; readonly atMs: number; readonly forMs: number }
  /** A job and a cancel of another world arrive, with a high revision. */
  | { readonly kind: "foreign"; readonly atMs: number }
  /** A job and a cancel of this world arrive, with a revision that the table never gave. */
  | { readonly kind: "forged"; readonly atMs: number };

export type FaultKind = Fault["kind"];

export const faultKinds = [
  "lost-cancel",
  "crash",
  "pause",
  "disconnect",
  "broker-restart",
  "duplicate",
  "slow",
  "delay",
  "terminate",
  "lost-answer",
  "delivery-limit",
  "president-death",
  "deleted-queue",
  "prepare",
  "foreign",
  "forged",
] as const satisfies readonly FaultKind[];

/** What a fault may need; each kind takes its own part. */
export interface FaultParts {
  readonly node: number;
  readonly command: number;
  readonly atMs: number;
  readonly forMs: number;
}

/** The fault of this kind, of the parts that it has. */
export function makeFault(kind: FaultKind, { node, command, atMs, forMs }: FaultParts): Fault {
  switch (kind) {
    case "duplicate":
    case "president-death":
      return { kind, command, atMs };
    case "broker-restart":
    case "prepare":
      return { kind, atMs, forMs };
    case "deleted-queue":
    case "foreign":
    case "forged":
      return { kind, atMs };
    default:
      return { kind, node, atMs, forMs };
  }
}

/** Its time counts from the moment of a command. */
export function isOfCommand(kind: FaultKind): kind is "duplicate" | "president-death" {
  return kind === "duplicate" || kind === "president-death";
}

/** The broker gives up a connection that is silent for this long. */
export const HEARTBEAT_MS = 40;
/** How much longer a message takes under the fault "delay". */
export const DELAY_MS = 30;
export const SLOW_FACTOR = 5;
/** A node asks the table again when an answer is overdue for so long. */
export const RETRY_MS = 15;
/** The relay's rounds: a command without progress from one to the next is sent again. */
export const RELAY_MS = 100;

export interface Story {
  readonly steps: number;
  readonly nodes: readonly NodePlan[];
  /** In the order of their times. */
  readonly commands: readonly CommandPlan[];
  readonly faults: readonly Fault[];
  /** A message, a query or an answer takes 1 to `latencyMs`. */
  readonly latencyMs: number;
  /** Delays by name; the others are drawn from the seed. A shrunk story has all its delays here. */
  readonly delays?: Readonly<Record<string, number>>;
}

/** A story that cannot be played; the message is one line for people. */
export class ImpossibleStoryError extends Error {
  override readonly name = "ImpossibleStoryError";
}

/** Throws ImpossibleStoryError: a node to kill that does not exist, no people, times that run backwards. */
export function checkStory({ steps, nodes, commands, faults, latencyMs }: Story): void {
  whole("steps", steps, 1, 1000);
  whole("latencyMs", latencyMs, 1, 10_000);
  if (nodes.length < 1) impossible("a story needs a node");
  nodes.forEach(({ paceMs }, i) => {
    whole(`paceMs of n${i + 1}`, paceMs, 0, 100_000);
  });
  let before = 0;
  for (const { atMs, shirt } of commands) {
    whole(`the time of ${shirt}`, atMs, 0, 1_000_000);
    if (atMs < before) impossible(`the command ${shirt} at ${atMs} ms comes after one at ${before} ms`);
    before = atMs;
  }
  for (const fault of faults) checkFault(fault, nodes.length, commands);
}

function checkFault(fault: Fault, nodes: number, commands: Story["commands"]): void {
  whole(`the time of the fault "${fault.kind}"`, fault.atMs, 0, 1_000_000);
  if ("forMs" in fault) whole(`the duration of the fault "${fault.kind}"`, fault.forMs, 0, 1_000_000);
  if ("node" in fault && !(Number.isInteger(fault.node) && fault.node >= 0 && fault.node < nodes))
    impossible(`the fault "${fault.kind}" names node n${fault.node + 1}, and there are ${nodes}`);
  if (
    "command" in fault &&
    !(Number.isInteger(fault.command) && fault.command >= 0 && fault.command < commands.length)
  )
    impossible(
      `the fault "${fault.kind}" names command ${fault.command + 1}, and there are ${commands.length}`,
    );
  if ("command" in fault && fault.atMs < (commands[fault.command]?.atMs ?? 0))
    impossible(
      fault.kind === "duplicate"
        ? `command ${fault.command + 1} is published again at ${fault.atMs} ms, before it is commanded`
        : `the president after command ${fault.command + 1} comes at ${fault.atMs} ms, before it is commanded`,
    );
}

function whole(what: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max)
    impossible(`${what} must be a whole number from ${min} to ${max}, not ${String(value)}`);
}

function impossible(why: string): never {
  throw new ImpossibleStoryError(why);
}
