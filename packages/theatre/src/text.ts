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
  link: linkText,
} as const;
