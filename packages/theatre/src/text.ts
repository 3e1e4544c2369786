/** Every text of the page, in one place: a second language is a second folder of these shapes. */
import { playerText } from "./text/player.ts";
import { sceneText } from "./text/scene.ts";

export const text = {
  title: "A cancel saves work; a fence saves data",
  modes: {
    watch: "Watch",
    schedule: "Be the scheduler",
    chance: "Chance",
    live: "Live",
    replay: "Replay",
  },
  modesLabel: "What to do",
  player: playerText,
  scene: sceneText,
} as const;
