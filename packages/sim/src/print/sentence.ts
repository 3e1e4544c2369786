/** One sentence that says where a story went wrong, read from its trace alone. */
import {
  areaName,
  areas,
  type Command,
  type Decisive,
  decisive,
  type LateStep,
  type StaleSteps,
  senderOf,
  staleSteps,
  type TraceEvent,
} from "@shirts/story";
import { noPanics } from "../ends.ts";

/** Undefined when nothing went wrong. */
export function whatWentWrong(trace: readonly TraceEvent[], steps?: number): string | undefined {
  const panic = trace.find((event) => event.type === "crashed" && !noPanics.has(event.reason));
  if (panic?.type === "crashed") return `${panic.node} panicked at ${panic.at} ms: ${panic.reason}.`;
  const [first] = decisive(trace, steps);
  const late = areas.map((area) => ({ area, steps: staleSteps(trace, area) }));
  const untold = late.flatMap((one) => untoldSentence(areaName(one.area), one.steps) ?? []);
  if (first || untold.length > 0)
    return [...(first ? [wrongSentence(trace, first)] : []), ...untold].join(" ");
  const known = late.flatMap((one) => one.steps.known)[0];
  return known && `Nobody wears the wrong shirt in the end, but ${stillPainted(known)}.`;
}

/** What a trace without the table's verdict cannot tell; undefined when it can. */
export function whatIsUnknown(trace: readonly TraceEvent[]): string | undefined {
  const late = areas.map((area) => staleSteps(trace, area));
  const possible = late.filter(({ counted }) => counted === undefined).flatMap((one) => one.possible);
  const [first] = possible;
  if (!first) return undefined;
  const steps = possible.length === 1 ? "This step" : `This and ${possible.length - 1} more`;
  return (
    `${capital(reported(first))}. ${steps} may have landed before or after: a fenced step does ` +
    "not know, and the table's verdict is not in this trace."
  );
}

/** Steps that do not say it themselves: the table has counted them, or they began after the newer command. */
function untoldSentence(area: string, { counted, known, possible }: StaleSteps): string | undefined {
  const sure = possible.filter(({ isSure }) => isSure);
  const list = (steps: readonly LateStep[]) => steps.map(reported).join("; ");
  if (counted === undefined)
    return sure.length > 0
      ? `Stale, since begun after the newer command was accepted: ${list(sure)}.`
      : undefined;
  const rest = counted - known.length;
  if (rest <= 0) return undefined;
  const begin = `The table counted ${counted} stale step${counted === 1 ? "" : "s"} in ${area}`;
  if (possible.length === 0)
    return `${begin}; no step of an older command is reported after a newer one, so the reports of these steps came before the command's, or never.`;
  if (sure.length === rest) return `${begin}: ${list(sure)}.`;
  if (possible.length === rest) return `${begin}. By the order of the reports: ${list(possible)}.`;
  if (possible.length > rest)
    return `${begin}. By the order of the reports ${rest} of these ${possible.length}: ${list(possible)}.`;
  return `${begin}. By the order of the reports: ${list(possible)}; the reports of the others came before the command's, or never.`;
}

function reported({ event, newer, acceptedAt }: LateStep): string {
  return `at ${event.at} ms ${event.node} reported step ${event.step + 1} of ${numbered(event.command)}, ${since(event.at, acceptedAt)} ${numbered(newer)} was accepted`;
}

function stillPainted({ event, acceptedAt }: LateStep): string {
  return `at ${event.at} ms ${event.node} still painted ${shout(event.command)}, ${since(event.at, acceptedAt)} a newer command was accepted`;
}

function wrongSentence(trace: readonly TraceEvent[], found: Decisive): string {
  const { command, at: acceptedAt } = found.newest;
  if (found.kind === "overwritten") {
    const [place] = found.places;
    if (!place) return "";
    const { event, index, painter } = place;
    return (
      `At ${event.at} ms ${event.node} painted person ${index + 1} in ${shout(event.command)}, over the ` +
      `${shout(command)} of ${painter}, ${since(event.at, acceptedAt)} ${shout(command)} was accepted; no later step corrects it.`
    );
  }
  if (found.kind === "not shown") {
    const { wrong, people, area } = found.verdict;
    return `The table counts ${wrong} of ${people} people of ${areaName(area)} in the wrong shirt; the order of this trace does not show how.`;
  }
  const whole = `${found.isNobody ? "nobody ever wears" : "some people never wear"} ${shout(command)}`;
  switch (found.kind) {
    case "stopped":
      return `${found.stop.node} stopped ${shout(command)} at ${found.stop.at} ms${because(trace, found.cause)}, and acked the job: ${whole}.`;
    case "never taken":
      return `${shout(command)} never came to a node${found.hasUnacked ? ": it waits in the queue behind jobs that nobody acks" : ""}, and ${whole}.`;
    case "never finished":
      return `${shout(command)} was taken and never finished: ${whole}.`;
    case "acked early":
      return `${found.ack.node} acked ${shout(command)} at ${found.ack.at} ms before its work was done: ${whole}.`;
  }
}

function because(trace: readonly TraceEvent[], cause: (Decisive & { kind: "stopped" })["cause"]): string {
  if (cause?.type === "cancel received")
    return ` because it heard ${senderOf(trace, cause.cancel)}'s cancel, which was not newer`;
  if (cause?.type === "delivered")
    return ` because ${cause.redelivered ? "the redelivered " : ""}${shout(cause.command)} came to the same node`;
  return "";
}

function since(at: number, before: number): string {
  return at === before ? "just when" : `${at - before} ms after`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Two commands of one area may name the same shirt. */
function numbered(command: Command): string {
  return `${shout(command)} ${command.revision}`;
}

function shout({ shirt }: Command): string {
  return shirt.toUpperCase();
}
