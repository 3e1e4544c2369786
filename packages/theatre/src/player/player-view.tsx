/** Players on the page: drawings, one transport, verdicts, code and events. */
import type { ComponentChildren } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { CodePanel } from "../code/code-panel.tsx";
import { text } from "../text.ts";
import { endingOf } from "./ending.ts";
import { EventList } from "./event-list.tsx";
import { useKeys, usePointerFocus } from "./keys.ts";
import { Now } from "./now.tsx";
import type { Player } from "./player.ts";
import { SceneText } from "./scene-text.tsx";
import { StagePicture } from "./stage-picture.tsx";
import type { Transport } from "./transport.ts";
import { TransportBar } from "./transport-bar.tsx";
import { Verdict, WhyView } from "./verdict-view.tsx";

export interface PlayerViewProps {
  readonly player: Player;
  readonly title: string;
  /** The text of the stage's worker.ts: the lines at which nodes are or wait are lit. */
  readonly source?: string | undefined;
  /** The trace grows while it is shown. */
  readonly isLive?: boolean;
}

/** One player with a transport of its own. */
export function PlayerView({ player, title, source, isLive = false }: PlayerViewProps) {
  return (
    <PlayersView parts={[{ player, title, source }]} transport={player} seekIn={seekIn} isLive={isLive} />
  );
}

const seekIn = (player: Player, position: number): void => player.step(position - player.position.value);

export interface Part {
  readonly player: Player;
  readonly title: string;
  readonly source?: string | undefined;
}

export interface PlayersViewProps {
  readonly parts: readonly Part[];
  readonly transport: Transport;
  /** Goes to a position of one of the players, and takes the others along. */
  readonly seekIn: (player: Player, position: number) => void;
  readonly isLive?: boolean;
  /** Without code, events and words. */
  readonly isBare?: boolean;
  /** Beside the keys. */
  readonly aside?: ComponentChildren;
}

/** Players side by side under one transport. */
export function PlayersView({
  parts,
  transport,
  seekIn,
  isLive = false,
  isBare = false,
  aside,
}: PlayersViewProps) {
  useKeys(transport);
  const section = useRef<HTMLElement>(null);
  usePointerFocus(section);
  // Side by side, the same height is the same time.
  const spans = parts.map(({ player }) => player.span.value);
  const from = Math.min(...spans.map(([one]) => one));
  const until = Math.max(...spans.map(([, one]) => one));
  const span = useMemo(() => [from, until] as const, [from, until]);
  const two = parts.length > 1 ? " two" : "";
  return (
    <section class="player" ref={section} tabIndex={-1}>
      <div class={`parts${two}`}>
        {parts.map((part) => (
          <PartView
            key={part.title}
            part={part}
            span={span}
            transport={transport}
            seekIn={seekIn}
            isLive={isLive}
          />
        ))}
      </div>
      <TransportBar transport={transport} />
      <div class="below">
        <p class="keys quiet">
          {text.scene.legend} {text.player.keys}
        </p>
        {aside}
      </div>
      {!isBare && (
        <div class={`parts${two}`}>
          {parts.map((part) => (
            <Reading key={part.title} part={part} seekIn={seekIn} />
          ))}
        </div>
      )}
    </section>
  );
}

/** What is to read of one player: its code, its events, and its moment in words. */
function Reading({ part: { player, title, source }, seekIn }: Pick<PartViewProps, "part" | "seekIn">) {
  return (
    <div class="reading">
      {source !== undefined && (
        <details open={isWide()}>
          <summary>{text.player.sourceOf(title)}</summary>
          <CodePanel source={source} scene={player.scene} title={title} />
        </details>
      )}
      <details open={isWide()}>
        <summary>{text.player.eventsOf(player.times.value.length)}</summary>
        <EventList player={player} seek={(position) => seekIn(player, position)} />
      </details>
      <details>
        <summary>{text.player.asText}</summary>
        <SceneText player={player} />
      </details>
    </div>
  );
}

/** On a narrow page what is to read begins closed, so that what is to set is not far below. */
const isWide = (): boolean => matchMedia("(min-width: 760px)").matches;

interface PartViewProps {
  readonly part: Part;
  readonly span: readonly [from: number, until: number];
  readonly transport: Transport;
  readonly seekIn: (player: Player, position: number) => void;
  readonly isLive: boolean;
}

function PartView({ part: { player, title }, span, transport, seekIn, isLive }: PartViewProps) {
  const length = player.times.value.length;
  const hasEnded = !isLive || player.trace.some(({ type }) => type === "verdict");
  // The ending changes when the trace grows.
  const ending = useMemo(
    () => (hasEnded ? endingOf(player.trace, player.steps) : undefined),
    [player, length, hasEnded],
  );
  return (
    <article class="part" aria-label={title}>
      <h2>{title}</h2>
      {ending && <Verdict ending={ending} />}
      <Moving player={player} title={title} span={span} />
      <Now player={player} transport={transport} />
      {ending && <WhyView ending={ending} seek={(position) => seekIn(player, position)} />}
    </article>
  );
}

/** The only part that is rendered for each event. */
function Moving({ player, title, span }: Part & Pick<PartViewProps, "span">) {
  return <StagePicture scene={player.scene.value} title={title} span={span} />;
}
