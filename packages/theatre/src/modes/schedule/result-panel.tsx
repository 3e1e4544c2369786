/** How the story ended, and what was learned. */

import { type Level, levels, type Position, scheduleOf } from "@shirts/sim/scheduler";
import { captionOf, decisive } from "@shirts/story";
import type { Ref } from "preact";
import { wasOnItsWay } from "../../scheduler/on-its-way.ts";
import { text } from "../../text.ts";

interface Props {
  readonly position: Position;
  readonly heading: Ref<HTMLElement>;
  readonly onOpen: (level: Level) => void;
  /** Counts all orders; undefined while it counts. */
  readonly onCount: (() => void) | undefined;
}

/** The first line of a result. */
export function resultText({ result, verdict, level, isFaultLeft }: Position): string {
  const said = text.schedule.result;
  if (result === "purple") {
    const [{ wearing, people } = { wearing: { purple: 0 }, people: 0 }] = verdict;
    return said.purple(wearing.purple ?? 0, people);
  }
  if (result === "blue" && level.fewest === undefined) return said.blueAgain;
  const line = result === "none" ? said.none : said.blue;
  return isFaultLeft && level.fault ? `${line} ${said.noFault}` : line;
}

/** What was decisive, in the words of this game: the reader has seen a step that was on its way. */
export function decisiveText(position: Position): string {
  const { level, trace } = position;
  const [found] = decisive(trace);
  const [place] = found?.kind === "overwritten" ? found.places : [];
  if (found && place && wasOnItsWay(position, place.event))
    return text.schedule.result.onItsWay(place.event.node, found.newest.command.shirt.toUpperCase());
  return captionOf(trace, { isFenced: level.stage === "v4" || level.stage === "v3-fence" });
}

/** What a win has shown; only what this play has shown. */
export function learnedText({ level, trace }: Position): string {
  const { learned = "", ifStopped } = text.schedule.levels[level.id] ?? {};
  const wasStopped = decisive(trace).some(({ kind }) => kind === "stopped");
  return ifStopped !== undefined && wasStopped ? `${learned} ${ifStopped}` : learned;
}

export function ResultPanel({ position, heading, onOpen, onCount }: Props) {
  const { level, moves, result } = position;
  const said = text.schedule.result;
  const isWon = result === "purple";
  const next = levels[levels.indexOf(level) + 1];
  // What cannot be won is not lost, either.
  const isEven = !isWon && level.fewest === undefined;
  return (
    <section class={isWon ? "result won" : isEven ? "result even" : "result"} aria-labelledby="result-title">
      <h3 id="result-title" tabIndex={-1} ref={heading as Ref<HTMLHeadingElement>}>
        {resultText(position)}
      </h3>
      {isWon && level.fewest !== undefined ? <p>{said.moves(moves.length, level.fewest)}</p> : null}
      <p>{decisiveText(position)}</p>
      {isWon ? (
        <p class="learned">
          <strong>{said.learned}:</strong> {learnedText(position)}
        </p>
      ) : null}
      <div class="row">
        {isEven && onCount ? (
          <button type="button" class="main" onClick={onCount}>
            {text.schedule.count.start}
          </button>
        ) : null}
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
