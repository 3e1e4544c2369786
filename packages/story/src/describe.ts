/**
 * What an event says, in English: the one place for the words of event logs, bars, simulator and page. It returns pieces,
 * not a text, so that a screen can show a command in its shirt's colour and as long or as short as it has room for.
 */
import { type Area, areaName } from "./area.ts";
import type { Cancel, Command } from "./command.ts";
import type { TraceEvent } from "./trace.ts";
import type { AreaVerdict } from "./verdict.ts";

/** A piece of a sentence: words, or a thing of the story. */
export type Piece =
  | string
  | { readonly command: Command }
  | { readonly cancel: Cancel }
  | { readonly area: Area };

/** How a screen may stress a sentence; the words say the same without it. */
export type Tone = "plain" | "quiet" | "good" | "notable" | "alarm";

/** "node 1" "takes" "North America in PURPLE": subject and predicate. */
export interface Description {
  readonly subject: string;
  readonly predicate: readonly Piece[];
  readonly tone: Tone;
}

/** Puts an event into words. */
export function describe(event: TraceEvent): Description {
  const isTable = event.type === "refused" || event.type === "verdict";
  const subject = isTable ? "the table" : event.node;
  return { subject: subject === "president" ? "the president" : subject, ...say(event) };
}

type Said = Omit<Description, "subject">;
const said =
  (tone: Tone) =>
  (...predicate: Piece[]): Said => ({ predicate, tone });
const plain = said("plain");
const quiet = said("quiet");
const good = said("good");
const notable = said("notable");
const alarm = said("alarm");

function say(event: TraceEvent): Said {
  switch (event.type) {
    case "prepared":
      return notable("makes a new world: all of before is void");
    case "ready":
      return quiet("is ready and waits for jobs");
    case "commanded":
      return plain("commands ", event);
    case "sent again":
      return plain("sends again ", event);
    case "delivered":
      return plain("takes ", event, event.redelivered ? " again: it was not acked" : "");
    case "painted":
      return event.stale
        ? alarm("paints ", event, `, step ${event.step + 1}: stale, a newer command is out`)
        : quiet("paints ", event, `, step ${event.step + 1}`);
    case "refused":
      return good("refuses ", event, `, step ${event.step + 1} of ${event.node}: a newer command is out`);
    case "rejected":
      return alarm("rejects ", event, `: ${event.reason}`);
    case "stopped":
      return notable("stops ", event, ` after ${counted(event.step, "step")}`);
    case "superseded":
      return notable("drops ", event, ": a newer command is out");
    case "acked":
      return plain("acks ", event);
    case "ack dropped":
      return alarm("is done with ", event, ", and its ack is lost: the job comes again");
    default:
      return sayOfCancels(event);
  }
}

type Of<T extends TraceEvent["type"]> = TraceEvent & { readonly type: T };
type CancelEvent = Of<"cancel sent" | "cancel received" | "cancel lost" | "cancel dropped">;
type NodeEvent = Of<
  | "dead-lettered"
  | "disconnected"
  | "reconnected"
  | "blocked"
  | "unblocked"
  | "failed"
  | "paused"
  | "resumed"
  | "told to end"
  | "crashed"
  | "verdict"
>;

function sayOfCancels(event: CancelEvent | NodeEvent): Said {
  switch (event.type) {
    case "cancel sent":
      return plain("tells all others to stop in ", { area: event.cancel.area });
    case "cancel received":
      return quiet("hears ", event);
    case "cancel lost":
      return alarm("could not send ", event, `: ${event.reason}`);
    case "cancel dropped":
      return alarm("drops ", event, `: ${event.reason}`);
    default:
      return sayOfNode(event);
  }
}

function sayOfNode(event: NodeEvent): Said {
  switch (event.type) {
    case "dead-lettered":
      return alarm(`dead-letters a message of ${event.queue}: ${event.reason}`);
    case "disconnected":
      return alarm(`loses the broker: ${event.reason}`);
    case "reconnected":
      return notable("has the broker again");
    case "blocked":
      return alarm(`may not send: ${event.reason}`);
    case "unblocked":
      return notable("may send again");
    case "failed":
      return alarm(`fails, and tries again: ${event.reason}`);
    case "paused":
      return notable("is frozen");
    case "resumed":
      return notable("wakes up, and knows of no pause");
    case "told to end":
      return notable("is told to end, and takes no more jobs");
    case "crashed":
      return alarm(`crashes: ${event.reason}`);
    case "verdict":
      return sayVerdict(event.verdict);
  }
}

function sayVerdict({ area, wrong, people, stale, refused }: AreaVerdict): Said {
  const tone = wrong > 0 ? alarm : stale > 0 ? notable : plain;
  const steps = `${counted(stale, "stale step")}, ${refused} refused`;
  return tone("counts ", { area }, `: ${wrong} of ${people} people wrong, ${steps}`);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** "North America in PURPLE" */
export function commandText({ area, shirt }: Command): string {
  return `${areaName(area)} in ${shirt.toUpperCase()}`;
}

/** "a cancel for North America from n2", and below which revision when the cancel names one. */
export function cancelText({ area, consumerId, revision }: Cancel): string {
  const below = revision === undefined ? "" : ` below revision ${revision}`;
  return `a cancel for ${areaName(area)}${below} from ${senderText(consumerId)}`;
}

/** RabbitMQ's own names of queues are long: "amq.gen-Jz8…" becomes "queue …Jz8abc". */
function senderText(consumerId: string): string {
  return consumerId.replace(/^amq\.gen-(.{6}).*/, "queue …$1");
}

/** The whole sentence as plain text. */
export function sentenceOf({ subject, predicate }: Description): string {
  return `${subject} ${predicate.map((piece) => pieceText(piece)).join("")}`;
}

export function pieceText(piece: Piece): string {
  if (typeof piece === "string") return piece;
  if ("command" in piece) return commandText(piece.command);
  return "cancel" in piece ? cancelText(piece.cancel) : areaName(piece.area);
}
