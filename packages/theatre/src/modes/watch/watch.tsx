/** Watch: a story of the simulator, played on the page. */
import { signal } from "@preact/signals";
import { runStory, stageOf } from "@shirts/sim";
import { Player } from "../../player/player.ts";
import { PlayerView } from "../../player/player-view.tsx";

const player = signal<Player | undefined>(undefined);

const story = {
  steps: 12,
  nodes: [{ paceMs: 20 }, { paceMs: 8 }],
  commands: [
    { atMs: 0, area: "north-america", shirt: "purple" },
    { atMs: 40, area: "north-america", shirt: "blue" },
  ],
  faults: [],
  latencyMs: 5,
} as const;

async function play(): Promise<void> {
  const { trace } = await runStory(stageOf("v1"), story, 1);
  player.value = new Player(trace, story.steps);
}

void play();

export function Watch() {
  return player.value ? <PlayerView player={player.value} title="v1" /> : null;
}
