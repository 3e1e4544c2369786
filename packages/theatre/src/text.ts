/** Every text of the page, in one place: a second language is a second folder of these shapes. */
import { chanceText } from "./text/chance.ts";
import { linkText } from "./text/link.ts";
import { liveText } from "./text/live.ts";
import { playerText } from "./text/player.ts";
import { replayText } from "./text/replay.ts";
import { sceneText } from "./text/scene.ts";
import { scheduleText } from "./text/schedule.ts";
import { watchText } from "./text/watch.ts";

export const text = {
  /** How numbers are written. */
  language: "en",
  title: "A cancel saves work; a fence saves data",
  modes: {
    watch: "Watch",
    schedule: "Be the scheduler",
    chance: "Chance",
    live: "Live",
    replay: "Replay",
  },
  modesLabel: "What to do",
  chance: chanceText,
  link: linkText,
  live: liveText,
  player: playerText,
  replay: replayText,
  scene: sceneText,
  schedule: scheduleText,
  watch: watchText,
  embed: "Open the whole page",
} as const;
