/** The levels, each with its medal. */
import { type Level, levels } from "@shirts/sim/scheduler";
import type { Score } from "../../scheduler/score.ts";
import { text } from "../../text.ts";

/** What a level's state looks like, and how it is said. */
function medalOf({ id, fewest }: Level, score: Score): { readonly mark: string; readonly said: string } {
  const { states } = text.schedule;
  const moves = score[id];
  if (moves === undefined) return { mark: "", said: states.open };
  if (fewest === undefined) return { mark: "★", said: states.counted };
  return moves <= fewest
    ? { mark: "★", said: states.best(moves) }
    : { mark: "✓", said: states.solved(moves) };
}

interface Props {
  readonly current: Level;
  readonly score: Score;
  readonly onOpen: (level: Level) => void;
}

export function LevelsList({ current, score, onOpen }: Props) {
  return (
    <nav aria-label={text.schedule.levelsLabel}>
      <ol class="levels">
        {levels.map((level, index) => {
          const { mark, said } = medalOf(level, score);
          return (
            <li key={level.id}>
              <button
                type="button"
                title={mark === "" ? undefined : said}
                aria-current={level === current ? "step" : undefined}
                onClick={() => onOpen(level)}
              >
                <span class="number">{index + 1}</span>
                <span class="name">{text.schedule.levels[level.id]?.name}</span>
                <span class="medal" aria-hidden="true">
                  {mark}
                </span>
                <span class="unseen">, {said}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
