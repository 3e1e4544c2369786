/** What the last move was, and what followed by itself: as far as the picture has shown it. */
import { type Position, storyOf, wordsOf } from "@shirts/sim/scheduler";
import { ownEvents } from "../../scheduler/by-itself.ts";
import { text } from "../../text.ts";
import { told } from "./moves-list.tsx";

interface Props {
  readonly position: Position;
  /** How many events the picture shows. */
  readonly shown: number;
}

/** Not for screen readers: they are told the same in one piece, and not word by word. */
export function Happened({ position: { level, moves, marks, trace }, shown }: Props) {
  const move = moves.at(-1);
  const from = marks.at(-1) ?? 0;
  const shirts = storyOf(level).commands.map(({ shirt }) => shirt.toUpperCase());
  const own = move === undefined ? 0 : ownEvents(move, trace.slice(from));
  const rest = told(trace, from + own, shown);
  return (
    <div class="happened" aria-hidden="true">
      {move !== undefined && (
        <p>{text.schedule.youChose(wordsOf(move, trace.slice(0, from), shirts).label)}</p>
      )}
      {rest.length > 0 && (
        <p>
          <strong>{move === undefined ? text.schedule.atFirst : text.schedule.byItself}</strong>{" "}
          {rest.join("; ")}.
        </p>
      )}
    </div>
  );
}
