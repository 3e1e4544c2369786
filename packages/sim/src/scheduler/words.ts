/** The words on a button: what would happen, and a detail that helps to choose. */
import type { TraceEvent } from "@shirts/story";
import { storyOf } from "./levels.ts";
import type { Position } from "./session.ts";
import { nodeOf, sentBy, type Way, wayOf } from "./ways.ts";

const text = {
  president: "the president",
  command: (shirt: string) => `the president commands ${shirt}`,
  job: (node: string, shirt: string) => `${node} takes ${shirt}`,
  redelivery: (node: string, shirt: string) => `the broker hands ${shirt} out again, to ${node}`,
  cancel: (node: string, sender: string) => `${node} hears ${sender}'s cancel`,
  cancelSent: (shirt: string) => `sent with ${shirt}`,
  lose: (node: string, sender: string) => `${sender}'s cancel to ${node} is lost`,
  step: (node: string) => `${node} takes a step`,
  stepOf: (shirt: string, person: number) => `${shirt}, person ${person}`,
  statement: (node: string) => `${node}'s step comes to the table`,
  crash: (node: string) => `${node} dies`,
  restart: (node: string) => `${node} starts again`,
  pause: (node: string) => `${node} freezes`,
  wake: (node: string) => `${node} wakes up`,
  heartbeat: (node: string) => `the broker gives up ${node}`,
  heartbeatWhy: "it is silent; its job goes back to the queue",
  reconnect: (node: string) => `${node} connects again`,
  "publish again": (shirt: string) => `the president sends ${shirt} again`,
  first: (node: string) => `${node} finds two things ready, and takes the one`,
  second: (node: string) => `${node} finds two things ready, and takes the other`,
} as const;

export interface Words {
  readonly label: string;
  readonly detail: string | undefined;
}

export interface Button extends Words {
  /** The simulator's name of the way: what the move is called. */
  readonly way: string;
}

/** The buttons of a position, the same events always in the same order: president, n1, n2, table, faults. */
export function buttonsOf({ level, ways, trace }: Position): Button[] {
  const shirts = storyOf(level).commands.map(({ shirt }) => shirt.toUpperCase());
  return ways
    .map((way) => ({ way, place: placeOf(wayOf(way)), ...wordsOf(way, trace, shirts) }))
    .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))
    .map(({ way, label, detail }) => ({ way, label, detail }));
}

/** The words of one way, told when `trace` had happened. */
export function wordsOf(label: string, trace: readonly TraceEvent[], shirts: readonly string[]): Words {
  const way = wayOf(label);
  const shirtOf = (revision: number): string => shirts[revision - 1] ?? `${revision}`;
  const say = (words: string, detail?: string): Words => ({ label: words, detail });
  switch (way.kind) {
    case "command":
      return say(text.command(shirtOf(way.index + 1)));
    case "job":
    case "redelivery":
      return say(text[way.kind](way.node, shirtOf(way.revision)));
    case "cancel":
    case "lose": {
      const isPresident = way.sender === "president";
      const shirt = isPresident ? shirtOf(way.nth) : shirtSentWith(trace, way);
      const sender = isPresident ? text.president : nodeOf(way.sender);
      return say(text[way.kind](way.node, sender), shirt && text.cancelSent(shirt));
    }
    case "step":
      return say(text.step(way.node), nextStep(trace, way.node));
    case "statement":
      return say(text.statement(way.node), text.stepOf(shirtOf(way.revision), way.step + 1));
    case "heartbeat":
      return say(text.heartbeat(way.node), text.heartbeatWhy);
    case "publish again":
      return say(text["publish again"](shirtOf(1)));
    case "coin":
      return say(way.isFirst ? text.first(way.node) : text.second(way.node));
    case "other":
      return say(label);
    default:
      return say(text[way.kind](way.node));
  }
}

/** The shirt of the job that its sender took just before it sent the cancel. */
function shirtSentWith(
  trace: readonly TraceEvent[],
  { sender, nth }: Way & { readonly kind: "cancel" | "lose" },
): string | undefined {
  const sent = sentBy(trace, sender)[nth - 1];
  if (!sent) return undefined;
  const taken = trace
    .slice(0, trace.indexOf(sent))
    .findLast((event) => event.type === "delivered" && event.node === sent.node);
  return taken?.type === "delivered" ? taken.command.shirt.toUpperCase() : undefined;
}

/** What a node walks for: the job that it took last, and the person after those it has painted since. */
function nextStep(trace: readonly TraceEvent[], node: string): string | undefined {
  const at = trace.findLastIndex((event) => event.type === "delivered" && event.node === node);
  const job = trace[at];
  if (job?.type !== "delivered") return undefined;
  const { revision, shirt } = job.command;
  const painted = trace
    .slice(at)
    .filter(
      (event) => event.type === "painted" && event.node === node && event.command.revision === revision,
    );
  return text.stepOf(shirt.toUpperCase(), painted.length + 1);
}

/** Where a button stands: a text that sorts. */
function placeOf(way: Way): string {
  switch (way.kind) {
    case "command":
      return "0";
    case "job":
    case "step":
    case "cancel":
    case "coin":
      return `1 ${way.node} ${["job", "step", "cancel", "coin"].indexOf(way.kind)}`;
    case "statement":
      return `2 ${way.node}`;
    case "redelivery":
      return `3 ${way.node}`;
    default:
      return `4 ${"node" in way ? way.node : ""} ${way.kind}`;
  }
}
