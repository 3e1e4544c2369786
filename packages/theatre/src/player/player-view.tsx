/** All of one player: the drawing, the transport, the events and the verdict. */

import { EventList } from "./event-list.tsx";
import type { Player } from "./player.ts";
import { StagePicture } from "./stage-picture.tsx";
import { TransportBar } from "./transport-bar.tsx";

export interface PlayerViewProps {
  readonly player: Player;
  readonly title: string;
  /** The text of the stage's worker.ts: the lines at which nodes are or wait are lit. */
  readonly source?: string;
  /** The trace grows while it is shown. */
  readonly isLive?: boolean;
}

export function PlayerView({ player, title, source }: PlayerViewProps) {
  return (
    <section class="player" aria-label={title}>
      <StagePicture scene={player.scene.value} title={title} span={player.span.value} />
      <TransportBar transport={player} />
      <EventList player={player} />
      {source && <pre class="source">{source}</pre>}
    </section>
  );
}
