/** The moves so far, and below each what followed from it at once. */

import { type Position, storyOf, wordsOf } from "@shirts/sim/scheduler";
import { describe, isOwn, sentenceOf, type TraceEvent } from "@shirts/story";
import { ownEvents } from "../../scheduler/by-itself.ts";
import { stepsSent } from "../../scheduler/on-its-way.ts";
import { text } from "../../text.ts";

/**
 * What happened between two moves, as sentences. A node's own cancel comes back to it, and it ignores it: no word of that. Nor
 * of a cancel of all that is older than the first command: nothing is.
 */
export function told(trace: readonly TraceEvent[], from: number, until: number): string[] {
  return trace
    .slice(from, until)
    .filter(
      (event) => event.type !== "cancel received" || !(event.cancel.revision === 1 || isOwn(trace, event)),
    )
    .map((event) => sentenceOf(describe(event)));
}

export function MovesList({ position }: { readonly position: Position }) {
  const { level, moves, marks, trace } = position;
  const sent = level.late.includes("statement") ? stepsSent(position) : [];
  const shirts = storyOf(level).commands.map(({ shirt }) => shirt.toUpperCase());
  return (
    <section class="moves" aria-labelledby="moves-title">
      <h3 id="moves-title">{text.schedule.movesLabel}</h3>
      <ByItself label={text.schedule.atFirst} of={told(trace, 0, marks[0] ?? trace.length)} />
      {moves.length === 0 ? <p class="quiet">{text.schedule.noMoves}</p> : null}
      <ol>
        {moves.map((move, index) => {
          const from = marks[index] ?? 0;
          const until = marks[index + 1] ?? trace.length;
          const own = from + ownEvents(move, trace.slice(from, until));
          const { label, detail } = wordsOf(move, trace.slice(0, from), shirts);
          return (
            // A move's place among the moves never changes.
            <li key={index}>
              <strong>{label}</strong>
              {detail ? <span class="quiet"> {detail}</span> : null}
              {sent[index] === undefined ? null : <Told of={[text.schedule.stepOnItsWay(sent[index])]} />}
              <Told of={told(trace, from, own)} />
              <ByItself label={text.schedule.byItself} of={told(trace, own, until)} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** What nobody chose. */
function ByItself({ label, of }: { readonly label: string; readonly of: readonly string[] }) {
  if (of.length === 0) return null;
  return (
    <>
      <span class="quiet by-itself">{label}</span>
      <Told of={of} />
    </>
  );
}

function Told({ of }: { readonly of: readonly string[] }) {
  return (
    <ul class="told">
      {of.map((sentence, index) => (
        // Sentences may be the same; their places differ.
        <li key={index}>{sentence}</li>
      ))}
    </ul>
  );
}
