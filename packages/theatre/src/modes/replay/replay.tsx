/** Replay: a trace from a file, on the same drawing as everything else. */
import { signal, useSignalEffect } from "@preact/signals";
import { address } from "../../address.ts";
import { PlayerView } from "../../player/player-view.tsx";
import { text } from "../../text.ts";
import { ReplayModel } from "./model.ts";
import { OpenTrace } from "./open-trace-view.tsx";
import "./replay.css";
import { Summary } from "./summary.tsx";

const model = new ReplayModel();
/** The address that was opened last; coming back to this mode opens nothing again. */
let served = "";
const isOver = signal(false);

function openAddressed(state: string): void {
  // Only a file below the page, never another server.
  if (!/^[\w-]{22}\/\w[\w.-]*$/.test(state) || state === served) return;
  served = state;
  void model.openServed(state);
}

function take(files: FileList | undefined | null): void {
  const file = files?.[0];
  if (file) void model.open(file.name, file);
}

export function Replay() {
  useSignalEffect(() => {
    if (address.value.mode === "replay") openAddressed(address.value.state);
  });
  const player = model.player.value;
  const progress = model.progress.value;
  const opened = model.opened.value;
  const story = opened?.file.stories[model.story.value];
  return (
    <section
      class={isOver.value ? "replay replay-over" : "replay"}
      aria-labelledby="replay-title"
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={() => {
        isOver.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        isOver.value = false;
        take(event.dataTransfer?.files);
      }}
    >
      <h2 id="replay-title">{text.modes.replay}</h2>
      <p class="problem" role="alert">
        {model.problem.value}
      </p>
      <p role="status">{progress !== undefined && text.replay.reading}</p>
      {progress !== undefined && <progress aria-label={text.replay.reading} value={progress} />}
      {opened && story && player ? (
        <>
          <Summary model={model} opened={opened} story={story} />
          <PlayerView
            key={`${opened.name} ${model.story.value}`}
            player={player}
            title={story.title ?? opened.name}
          />
        </>
      ) : (
        <OpenTrace
          take={take}
          openText={(pasted) => void model.open(text.replay.pasted, new Blob([pasted]))}
        />
      )}
    </section>
  );
}
