/** Watch: a story of the simulator on one stage or two, with all its parameters in sight. */
import { stages } from "@shirts/sim";
import { useEffect } from "preact/hooks";
import { sourceOf } from "../../code/sources.ts";
import type { Player } from "../../player/player.ts";
import { PlayersView } from "../../player/player-view.tsx";
import { text } from "../../text.ts";
import { Form } from "./form.tsx";
import { presetNames, presets } from "./presets.ts";
import { play, problem, type Show, show, type WatchState, wanted } from "./state.ts";

const words = text.watch;
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const start = (state: WatchState) => void play(state, calm());

export function Watch() {
  useEffect(() => {
    if (!wanted.peek()) start(presets.overtaken);
    // What nobody looks at stands still.
    return () => show.peek()?.together.pause();
  }, []);
  const state = wanted.value;
  if (!state) return null;
  return (
    <div class="watch">
      <p class="intro">{words.intro}</p>
      <Presets />
      <div class="stage">
        {problem.value !== undefined && (
          <p class="problem" role="alert">
            {words.impossible(problem.value)} {show.value && words.kept}
          </p>
        )}
        {show.value && <Playing show={show.value} />}
      </div>
      <Form state={state} onChange={start} />
    </div>
  );
}

function Presets() {
  const shown = presetNames.find((name) => presets[name] === wanted.value);
  return (
    <nav class="presets" aria-label={words.presets}>
      {presetNames.map((name) => (
        <button type="button" key={name} aria-pressed={name === shown} onClick={() => start(presets[name])}>
          {words.presetNames[name][0]}
        </button>
      ))}
      <p class="quiet">{shown ? words.presetNames[shown][1] : words.ownStory}</p>
    </nav>
  );
}

function Playing({ show: { state, players, together } }: { readonly show: Show }) {
  const parts = players.map((player, index) => {
    const name = state.stages[index] ?? "";
    const about = stages.find((stage) => stage.name === name)?.about ?? "";
    return { player, title: words.stageName(name, about), source: sourceOf(name) };
  });
  const seekIn = (player: Player, position: number): void => {
    together.pause();
    together.seek(together.positionOf(player, position));
  };
  return <PlayersView parts={parts} transport={together} seekIn={seekIn} />;
}
