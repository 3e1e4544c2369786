/** Every order of a level's story, counted before the reader's eyes. */

import type { Level } from "@shirts/sim/scheduler";
import { keptOrders } from "../../scheduler/kept-counts.ts";
import { text } from "../../text.ts";
import { type Count, count, startCount, stopCount } from "./counting.ts";

const group = (n: number): string => n.toLocaleString(text.language);

interface Props {
  readonly level: Level;
  readonly onDone: () => void;
}

export function CountPanel({ level, onDone }: Props) {
  const said = text.schedule.count;
  const now = count.value;
  const kept = keptOrders(level);
  const isCounting = now.type === "so far";
  return (
    <section class="count" aria-labelledby="count-title">
      <h3 id="count-title">{said.title}</h3>
      <p>{said.about}</p>
      <div class="row">
        {isCounting ? (
          <button type="button" onClick={stopCount}>
            {said.stop}
          </button>
        ) : (
          <button type="button" class="main" onClick={() => startCount(level, onDone)}>
            {said.start}
          </button>
        )}
      </div>
      {isCounting ? (
        <>
          <progress aria-label={said.progress} max={kept} value={kept && Math.min(now.ways, kept)} />
          <p class="number">{said.sofar(group(now.ways), group(now.wrong), group(now.states))}</p>
        </>
      ) : null}
      {/* Not the running number: a screen reader would read nothing else. */}
      <div role="status">
        {resultOf(now)}
        {now.type === "done" ? <Explained ways={now.ways} wrong={now.wrong} kept={kept} /> : null}
      </div>
    </section>
  );
}

function resultOf(now: Count) {
  const said = text.schedule.count;
  switch (now.type) {
    case "done":
      return <p class="total">{said.done(group(now.ways), group(now.wrong))}</p>;
    case "stopped":
      return <p>{said.stopped(group(now.ways))}</p>;
    case "failed":
      return <p>{said.failed(now.why)}</p>;
    case "no workers":
      return <p>{said.noWorkers}</p>;
    default:
      return null;
  }
}

function Explained({ ways, wrong, kept }: { ways: number; wrong: number; kept: number | undefined }) {
  const said = text.schedule.count;
  return (
    <>
      {wrong === 0 ? <p>{said.never}</p> : null}
      {kept === undefined ? null : <p>{(kept === ways ? said.kept : said.differs)(group(kept))}</p>}
    </>
  );
}
