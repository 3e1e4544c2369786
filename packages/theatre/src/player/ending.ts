/** How a trace ends: the verdict, the sentence that says where it went wrong, and that moment. */
import { whatWentWrong } from "@shirts/sim";
import {
  type Area,
  type AreaVerdict,
  captionOf,
  decisive,
  People,
  staleSteps,
  type TraceEvent,
  verdictOf,
  wrongPeople,
} from "@shirts/story";

type Trace = readonly TraceEvent[];

export interface Ending {
  readonly verdicts: readonly AreaVerdict[];
  readonly isRight: boolean;
  readonly sentence: string;
  /** The position right after the event that decided it. Undefined when no event did. */
  readonly moment: number | undefined;
}

/** Undefined when nobody has commanded anything. */
export function endingOf(trace: Trace, steps: number): Ending | undefined {
  const people = new People(steps);
  for (const event of trace) people.apply(event);
  const verdicts = [...people.newest.keys()].map(
    (area) => verdictOf(trace, area) ?? counted(trace, people, area),
  );
  if (verdicts.length === 0) return undefined;
  const sentence = whatWentWrong(fromZero(trace), steps) ?? captionOf(trace);
  const moment = momentOf(trace, steps);
  return { verdicts, isRight: verdicts.every(({ wrong }) => wrong === 0), sentence, moment };
}

/** A clock's milliseconds are no reading matter. */
function fromZero(trace: Trace): Trace {
  const from = trace[0]?.at ?? 0;
  return from === 0 ? trace : trace.map((event) => ({ ...event, at: Math.round(event.at - from) }));
}

/** Where the trace does not hold the table's verdict: what its own events add up to. */
function counted(trace: Trace, people: People, area: Area): AreaVerdict {
  const wearing: Partial<Record<string, number>> = {};
  const all = people.wearing(area);
  for (const shirt of all) wearing[shirt] = (wearing[shirt] ?? 0) + 1;
  const newest = people.newest.get(area)?.command;
  const refused = trace.filter((event) => event.type === "refused" && event.command.area === area).length;
  return {
    area,
    people: all.length,
    commanded: newest?.shirt,
    revision: newest?.revision ?? 0,
    wearing,
    wrong: wrongPeople(all.length, newest?.shirt, wearing),
    stale: staleSteps(trace, area).known.length,
    refused,
  };
}

function momentOf(trace: Trace, steps: number): number | undefined {
  const event = decidingEvent(trace, steps);
  const index = event ? trace.indexOf(event) : -1;
  return index < 0 ? undefined : index + 1;
}

function decidingEvent(trace: Trace, steps: number): TraceEvent | undefined {
  const [found] = decisive(trace, steps);
  if (found?.kind === "overwritten")
    return found.places.map(({ event }) => event).sort((a, b) => a.at - b.at)[0];
  if (found?.kind === "stopped") return found.stop;
  if (found?.kind === "acked early") return found.ack;
  if (found) return undefined;
  return (
    trace.find((event) => event.type === "refused") ??
    trace.find((event) => event.type === "painted" && event.stale === true) ??
    trace.find((event) => event.type === "superseded" || event.type === "stopped")
  );
}
