/** What the table counted, in SQL, and beside it what the events alone show. */
import { type AreaVerdict, areaName, isRight, PALETTE, shirts } from "@shirts/story";
import type { Scene } from "../../scene/scene.ts";
import { text } from "../../text.ts";
import type { LiveModel } from "./model.ts";

const words = text.live.table;

export function TableVerdict({ model, canAct }: { readonly model: LiveModel; readonly canAct: boolean }) {
  const counted = model.verdict.value;
  const scene = model.player.value?.scene.value;
  return (
    <section class="table-verdict" aria-labelledby="table-title">
      <h3 id="table-title">{words.title}</h3>
      {counted === undefined && <p>{words.none}</p>}
      {counted?.failure !== undefined && <p class="bad">{words.failure(counted.failure)}</p>}
      {counted && counted.verdicts.length > 0 && (
        <>
          <dl>
            {counted.verdicts.map((verdict) => (
              <Counted key={verdict.area} {...verdict} />
            ))}
          </dl>
          <Sentence verdicts={counted.verdicts} isAtRest={counted.isAtRest} behind={model.behind.value} />
        </>
      )}
      {scene && <p class="quiet">{words.trace(traceText(scene))}</p>}
      <button type="button" disabled={!canAct} onClick={() => void model.act({ do: "count" })}>
        {words.count}
      </button>
    </section>
  );
}

interface SentenceProps {
  readonly verdicts: readonly AreaVerdict[];
  readonly isAtRest: boolean;
  readonly behind: number;
}

function Sentence({ verdicts, isAtRest, behind }: SentenceProps) {
  const isCommanded = verdicts.some(({ commanded }) => commanded !== undefined);
  const isFinal = isAtRest && behind === 0;
  const wrong = verdicts.reduce((sum, verdict) => sum + verdict.wrong, 0);
  const said = isRight(verdicts) ? words.right : words.wrong(wrong);
  return (
    <>
      <p aria-live="polite">
        {isCommanded && isFinal && <strong class={isRight(verdicts) ? "good" : "bad"}>{said} </strong>}
        {isCommanded && (isFinal ? words.atRest : words.moving)}
      </p>
      {behind > 0 && <p class="quiet">{words.behind(behind)}</p>}
    </>
  );
}

function Counted({ area, commanded, wearing, wrong, stale, refused }: AreaVerdict) {
  return (
    <>
      <dt>
        {areaName(area)} <span class="quiet">{words.commanded(commanded?.toUpperCase())}</span>
      </dt>
      <dd>
        {shirts
          .filter((shirt) => wearing[shirt])
          .map((shirt) => (
            <span
              key={shirt}
              class="worn"
              style={{ background: PALETTE[shirt].fill, color: PALETTE[shirt].text }}
            >
              {shirt.toUpperCase()} {(wearing[shirt] ?? 0).toLocaleString("en")}
            </span>
          ))}{" "}
        <span class={wrong > 0 ? "bad" : undefined}>{words.counts(wrong, stale, refused)}</span>
      </dd>
    </>
  );
}

/** In each commanded area, how many people the events leave in another shirt. */
export function traceText({ people }: Pick<Scene, "people">): string {
  const areas = [...people.newest].map(([area, { command }]) => {
    const wearing = people.wearing(area);
    const wrong = wearing.filter((shirt) => shirt !== command.shirt).length;
    return words.traceOf(areaName(area), Math.round((wrong / wearing.length) * 100));
  });
  return areas.join("; ") || words.traceNothing;
}
