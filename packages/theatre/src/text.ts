import { chanceText } from "./text/chance.ts";
import { linkText } from "./text/link.ts";

/** Every text of the page, in one place: a second language is a second file of this shape. */
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
  chance: chanceText,
  link: linkText,
  embed: "Open the whole page",
} as const;
