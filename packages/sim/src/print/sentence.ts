/** One sentence that says where a story went wrong, read from its trace alone. */
import {
  type Area,
  type Command,
  type PaintedPlace,
  People,
  stepsShown,
  type TraceEvent,
} from "@shirts/story";

/** Undefined when nothing went wrong. */
export function whatWentWrong(trace: readonly TraceEvent[], steps?: number): string | undefined {
  const panic = trace.find((event) => event.type === "crashed" && event.reason !== "killed");
  if (panic?.type === "crashed") return `${panic.node} panicked at ${panic.at} ms: ${panic.reason}.`;
  const people = new People(Math.max(steps ?? 1, stepsShown(trace)));
  for (const event of trace) people.apply(event);
  for (const [area, { command }] of people.newest) {
    const sentence = overwritten(people, area, command) ?? unfinished(trace, people, area, command);
    if (sentence) return sentence;
  }
  const late = trace.find((event) => event.type === "painted" && event.stale);
  if (late?.type !== "painted") return undefined;
  const accepted = people.newest.get(late.command.area)?.at ?? 0;
  return `Nobody wears the wrong shirt in the end, but at ${late.at} ms ${late.node} still painted ${shout(late.command)}, ${since(late.at, accepted)} a newer command was accepted.`;
}

/** A person wore the newest shirt, and an older command painted over it. */
function overwritten(people: People, area: Area, newest: Command): string | undefined {
  const index = people.of(area).findIndex((place) => isOverwritten(place, newest));
  const place = people.of(area)[index];
  if (!place) return undefined;
  const { event, before } = place;
  const accepted = people.newest.get(area)?.at ?? 0;
  return (
    `At ${event.at} ms ${event.node} painted person ${index + 1} in ${shout(event.command)}, over the ` +
    `${shout(newest)} of ${painter(before, newest)}, ${since(event.at, accepted)} ${shout(newest)} was accepted; no later step corrects it.`
  );
}

function isOverwritten(place: PaintedPlace | undefined, newest: Command): boolean {
  if (!place || place.event.command.revision === newest.revision) return false;
  for (let earlier = place.before; earlier; earlier = earlier.before)
    if (earlier.event.command.revision === newest.revision) return true;
  return false;
}

function painter(before: PaintedPlace | undefined, newest: Command): string {
  for (let earlier = before; earlier; earlier = earlier.before)
    if (earlier.event.command.revision === newest.revision) return earlier.event.node;
  return "nobody";
}

/** A person was never painted in the newest shirt. */
function unfinished(
  trace: readonly TraceEvent[],
  people: People,
  area: Area,
  newest: Command,
): string | undefined {
  const left = people.wearing(area).filter((shirt) => shirt !== newest.shirt).length;
  if (left === 0) return undefined;
  const isAbout = (event: TraceEvent) =>
    "command" in event && event.command.area === area && event.command.revision === newest.revision;
  const whole = `${left === people.of(area).length ? "nobody ever wears" : "some people never wear"} ${shout(newest)}`;
  const stopIndex = trace.findLastIndex((event) => event.type === "stopped" && isAbout(event));
  const stop = trace[stopIndex];
  if (stop) {
    const cause = trace
      .slice(0, stopIndex)
      .findLast(
        (event) =>
          event.node === stop.node &&
          (event.type === "cancel received"
            ? event.cancel.consumerId !== stop.node
            : event.type === "delivered") &&
          !isAbout(event),
      );
    return `${stop.node} stopped ${shout(newest)} at ${stop.at} ms${because(cause)}, and acked the job: ${whole}.`;
  }
  if (!trace.some((event) => event.type === "delivered" && isAbout(event)))
    return `${shout(newest)} never came to a node${hasUnacked(trace) ? ": it waits in the queue behind jobs that nobody acks" : ""}, and ${whole}.`;
  const acked = trace.findLast((event) => event.type === "acked" && isAbout(event));
  if (!acked) return `${shout(newest)} was taken and never finished: ${whole}.`;
  return `${acked.node} acked ${shout(newest)} at ${acked.at} ms before its work was done: ${whole}.`;
}

function hasUnacked(trace: readonly TraceEvent[]): boolean {
  const count = (type: TraceEvent["type"]) => trace.filter((event) => event.type === type).length;
  return count("delivered") > count("acked") + count("ack dropped");
}

function because(cause: TraceEvent | undefined): string {
  if (cause?.type === "cancel received")
    return ` because it heard ${cause.cancel.consumerId}'s cancel, which was not newer`;
  if (cause?.type === "delivered")
    return ` because ${cause.redelivered ? "the redelivered " : ""}${shout(cause.command)} came to the same node`;
  return "";
}

function since(at: number, before: number): string {
  return at === before ? "just when" : `${at - before} ms after`;
}

function shout({ shirt }: Command): string {
  return shirt.toUpperCase();
}
