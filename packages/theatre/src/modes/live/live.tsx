/** Live: a play on real processes, seen and commanded from here. The link's token is in the address, and in nothing else. */
import { useSignalEffect } from "@preact/signals";
import { address } from "../../address.ts";
import { PlayerView } from "../../player/player-view.tsx";
import { text } from "../../text.ts";
import "./live.css";
import { signal } from "@preact/signals";
import { saveTrace } from "../../trace-file/save-trace.ts";
import { Connection } from "./connection.ts";
import { LiveModel } from "./model.ts";
import { Nodes } from "./nodes.tsx";
import { President } from "./president.tsx";
import { Status } from "./status.tsx";
import { TableVerdict } from "./table-verdict.tsx";

/** It outlives the mode's view: whoever looks at another mode and comes back finds the play where it is. */
const live = signal<{ readonly token: string; readonly model: LiveModel } | undefined>(undefined);

function connectTo(token: string): void {
  if (token === "" || token === live.peek()?.token) return;
  live.peek()?.model.close();
  live.value = { token, model: new LiveModel((events) => new Connection(token, events)) };
}

export function Live() {
  useSignalEffect(() => connectTo(address.value.mode === "live" ? address.value.state : ""));
  const model = live.value?.model;
  return (
    <section class="live" aria-labelledby="live-title">
      <h2 id="live-title">{text.modes.live}</h2>
      {model ? <Play model={model} /> : <HowTo />}
    </section>
  );
}

function HowTo() {
  return (
    <div class="how-to">
      <p>{text.live.none}</p>
      <pre>{text.live.command}</pre>
      <p>{text.live.stages}</p>
      <p>{text.live.here}</p>
    </div>
  );
}

function Play({ model }: { readonly model: LiveModel }) {
  const play = model.play.value;
  const player = model.player.value;
  const canAct = model.link.value.state === "real" && play !== undefined && play.over === undefined;
  return (
    <>
      <Status model={model} />
      {model.link.value.state === "refused" && <HowTo />}
      {play && (
        <>
          <fieldset class="acts" disabled={!canAct}>
            <President model={model} areas={Object.keys(play.people) as never} />
            <Nodes model={model} />
          </fieldset>
          <TableVerdict model={model} canAct={canAct} />
          <End model={model} canAct={canAct} stage={play.stage} />
          {player && <PlayerView player={player} title={text.live.drawing(play.stage)} isLive={canAct} />}
          <ul class="about">
            {play.about.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

const isAsking = signal(false);

interface EndProps {
  readonly model: LiveModel;
  readonly canAct: boolean;
  readonly stage: string;
}

function End({ model, canAct, stage }: EndProps) {
  // A play cannot be begun again: one click more, and no dialog in the way.
  const onEnd = () => {
    if (isAsking.value) void model.act({ do: "end" });
    isAsking.value = !isAsking.value;
  };
  return (
    <p class="row">
      <button type="button" onClick={() => saveTrace(model.trace, `live-${stage}.jsonl`)}>
        {text.live.keep}
      </button>
      <button type="button" disabled={!canAct} onClick={onEnd} onBlur={() => (isAsking.value = false)}>
        {isAsking.value ? text.live.reallyEnd : text.live.end}
      </button>
    </p>
  );
}
