/** The simulator's names of events, read: what kind of event it is, and whom it reaches. */
import type { TraceEvent } from "@shirts/story";

/**
 * What may be late: a job's first delivery, a later one, a cancel, the statement of a step on its way to the table. And "coin":
 * a select with two cases ready takes the one that the player says.
 */
const lates = ["job", "redelivery", "cancel", "statement", "coin"] as const;

export type Late = (typeof lates)[number];

export type Way =
  | { readonly kind: "command"; readonly index: number }
  /** `revision` is the command's place, from 1; `times` counts the deliveries of this message. */
  | { readonly kind: "job" | "redelivery"; readonly node: string; readonly revision: number }
  | { readonly kind: "cancel" | "lose"; readonly node: string; readonly sender: string; readonly nth: number }
  | { readonly kind: "step"; readonly node: string }
  | { readonly kind: "statement"; readonly node: string; readonly revision: number; readonly step: number }
  | { readonly kind: Incident; readonly node: string }
  | { readonly kind: "publish again" }
  | { readonly kind: "coin"; readonly node: string; readonly isFirst: boolean }
  | { readonly kind: "other" };

type Incident = "crash" | "restart" | "pause" | "wake" | "heartbeat" | "reconnect";

const incidents: Readonly<Record<string, Incident>> = {
  crash: "crash",
  restart: "restart",
  pause: "pause",
  wake: "wake",
  heartbeat: "heartbeat",
};

/** Reads the name of a way. A name that is none of these is "other". */
export function wayOf(label: string): Way {
  return readMessage(label) ?? readOwn(label) ?? { kind: "other" };
}

function readMessage(label: string): Way | undefined {
  const job = /^job c(\d+)('*)\.(\d+)→(.+)$/.exec(label);
  if (job) {
    const [, revision, copies, times, node = ""] = job;
    const kind = copies || times !== "1" ? "redelivery" : "job";
    return { kind, node: nodeOf(node), revision: Number(revision) };
  }
  const cancel = /^(lose )?cancel (.+)!(\d+)'*→(.+)$/.exec(label);
  if (!cancel) return undefined;
  const [, lose, sender = "", nth, node = ""] = cancel;
  return { kind: lose ? "lose" : "cancel", node: nodeOf(node), sender, nth: Number(nth) };
}

function readOwn(label: string): Way | undefined {
  const [first = "", second = "", third = ""] = label.split(" ");
  if (first === "command") return { kind: "command", index: Number(second) };
  if (label === "publish again") return { kind: "publish again" };
  if (first === "pace") return { kind: "step", node: nodeOf(second) };
  if (first === "coin") return { kind: "coin", node: nodeOf(second), isFirst: third === "first" };
  if (second === "reconnects") return { kind: "reconnect", node: nodeOf(first) };
  const incident = incidents[first];
  if (incident) return { kind: incident, node: nodeOf(second) };
  const statement = /^(\S+) sql \d+ paint c(\d+) (\d+)$/.exec(label);
  if (!statement) return undefined;
  const [, node = "", revision, step] = statement;
  return { kind: "statement", node: nodeOf(node), revision: Number(revision), step: Number(step) };
}

/** A node's name: its process is n1.2 after a restart. */
export function nodeOf(process: string): string {
  return process.replace(/\..*/, "");
}

/** Whether it happens by itself where nothing is late: no command, no step and no fault does. */
export function isPrompt(way: Way): way is Way & { readonly kind: Late } {
  return lates.some((late) => late === way.kind);
}

type CancelSent = TraceEvent & { readonly type: "cancel sent" };

/** The cancels that a process has sent so far, in their order. The president's are none of them: it reports no cancel. */
export function sentBy(trace: readonly TraceEvent[], process: string): CancelSent[] {
  return trace.filter(
    (event): event is CancelSent => event.type === "cancel sent" && event.cancel.consumerId === process,
  );
}
