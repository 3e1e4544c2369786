/** Watch: a story of the simulator on one stage or two, with all its parameters in sight. */
import { useSignalEffect } from "@preact/signals";
import { stages } from "@shirts/sim";
import { useEffect } from "preact/hooks";
import { address, isEmbedded } from "../../address.ts";
import { sourceOf } from "../../code/sources.ts";
import { encode } from "../../link/link.ts";
import { useLink } from "../../link/use-link.ts";
import { CopyLink, linkTo } from "../../parts/copy-link.tsx";
import type { Player } from "../../player/player.ts";
import { PlayersView } from "../../player/player-view.tsx";
import { text } from "../../text.ts";
import { Form } from "./form.tsx";
import { fromLink, toLink } from "./link.ts";
import { presetNames, presetOf, presets } from "./presets.ts";
import { play, problem, type Show, show, type WatchState, wanted } from "./state.ts";

const words = text.watch;
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const start = (state: WatchState) => void play(state, calm());

export function Watch() {
  const { why, write } = useLink("watch", (value) => start(fromLink(value)));
  useEffect(() => {
    if (!wanted.peek() && address.peek().state === "") start(presets.overtaken);
    // What nobody looks at stands still.
    return () => show.peek()?.together.pause();
  }, []);
  useSignalEffect(() => {
    // A link that does not open must not leave the page empty.
    if (why.value !== "" && !wanted.peek()) start(presets.overtaken);
  });
  useSignalEffect(() => {
    const now = moment();
    if (now) write(toLink(now));
  });
  return (
    <div class={isEmbedded ? "watch embedded" : "watch"}>
      {!isEmbedded && <p class="intro">{words.intro}</p>}
      {!isEmbedded && <Presets />}
      <div class="stage">
        {why.value !== "" && (
          <p class="problem" role="alert">
            {why.value}
          </p>
        )}
        {problem.value !== undefined && (
          <p class="problem" role="alert">
            {words.impossible(problem.value)} {show.value && words.kept}
          </p>
        )}
        {show.value && <Playing show={show.value} />}
      </div>
      {!isEmbedded && wanted.value && <Form state={wanted.value} onChange={start} />}
    </div>
  );
}

/** What is shown; with its moment when it stands still. */
function moment(): WatchState | undefined {
  if (!show.value) return undefined;
  const { state, together } = show.value;
  const { position: _, ...rest } = state;
  return together.isPlaying.value ? rest : { ...rest, position: together.position.value };
}

async function linkNow(): Promise<string> {
  const now = moment();
  return linkTo("watch", now ? await encode("watch", toLink(now)) : "");
}

function Presets() {
  const shown = presetOf(wanted.value);
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
  return (
    <PlayersView
      parts={parts}
      transport={together}
      seekIn={seekIn}
      isBare={isEmbedded}
      aside={!isEmbedded && <CopyLink link={linkNow} />}
    />
  );
}
