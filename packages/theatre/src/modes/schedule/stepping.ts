/** The scene of a position, reached event by event, so that one sees what moves. */

import { type Position, storyOf } from "@shirts/sim/scheduler";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Scene } from "../../scene/scene.ts";
import { Timeline } from "../../scene/timeline.ts";
import { gameMarks } from "../../scheduler/on-its-way.ts";

const EVENT_MS = 220;

export interface Stepping {
  readonly scene: Scene;
  /** All that has happened is shown. */
  readonly isDone: boolean;
}

/** After a move the events since the move before are shown one after the other; after an undo, its place at once. */
export function useStepping(now: Position): Stepping {
  const { level, trace, moves, marks } = now;
  const timeline = useMemo(() => new Timeline(trace, storyOf(level).steps), [trace]);
  const from = moves.length === 0 ? trace.length : Math.min(trace.length, (marks.at(-1) ?? 0) + 1);
  const [at, setAt] = useState({ trace, position: from });
  // Another trace: begin at its own place, whatever the one before was at.
  const position = at.trace === trace ? at.position : from;
  useEffect(() => {
    if (position >= trace.length) return;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const timer = setTimeout(
      () => setAt({ trace, position: isCalm ? trace.length : position + 1 }),
      isCalm ? 0 : EVENT_MS,
    );
    return () => clearTimeout(timer);
  }, [trace, position]);
  const scene = useMemo(
    () => ({ ...timeline.at(position), game: gameMarks(now, position) }),
    [now, position],
  );
  return { scene, isDone: position >= trace.length };
}
