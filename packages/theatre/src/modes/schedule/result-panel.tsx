/** How the story ended, and what was learned. */

import { type Level, levels, type Position, scheduleOf } from "@shirts/sim/scheduler";
import { captionOf } from "@shirts/story";
import type { Ref } from "preact";
import { text } from "../../text.ts";

interface Props {
  readonly position: Position;
  readonly heading: Ref<HTMLElement>;
  readonly onOpen: (level: Level) => void;
}

/** The first line of a result. */
export function resultText({ result, verdict, level, isFaultLeft }: Position): string {
  const said = text.schedule.result;
  if (result === "purple") {
    const [{ wearing, people } = { wearing: { purple: 0 }, people: 0 }] = verdict;
    return said.purple(wearing.purple ?? 0, people);
  }
  const line = result === "none" ? said.none : said.blue;
  return isFaultLeft && level.fault ? `${line} ${said.noFault}` : line;
}

export function ResultPanel({ position, heading, onOpen }: Props) {
  const { level, moves, trace, result } = position;
  const said = text.schedule.result;
  const isWon = result === "purple";
  const next = levels[levels.indexOf(level) + 1];
  const isFenced = level.stage === "v4" || level.stage === "v3-fence";
  return (
    <section class={isWon ? "result won" : "result"} aria-labelledby="result-title">
      <h3 id="result-title" tabIndex={-1} ref={heading as Ref<HTMLHeadingElement>}>
        {resultText(position)}
      </h3>
      {isWon && level.fewest !== undefined ? <p>{said.moves(moves.length, level.fewest)}</p> : null}
      <p>{captionOf(trace, { isFenced })}</p>
      {isWon ? (
        <p class="learned">
          <strong>{said.learned}:</strong> {text.schedule.levels[level.id]?.learned}
        </p>
      ) : null}
      <div class="row">
        {isWon && next ? (
          <button type="button" class="main" onClick={() => onOpen(next)}>
            {text.schedule.nextLevel}
          </button>
        ) : null}
        {isWon ? (
          <button type="button" onClick={() => save(position)}>
            {text.schedule.file}
          </button>
        ) : null}
      </div>
    </section>
  );
}

/** Gives the schedule to the browser as a file. */
function save(position: Position): void {
  const json = `${JSON.stringify(scheduleOf(position), null, 2)}\n`;
  const url = URL.createObjectURL(new Blob([json], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `schedule-${position.level.id}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
