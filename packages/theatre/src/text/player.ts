/** The texts of everything that plays a trace. */
const count = (number: number) => number.toLocaleString("en");

export const playerText = {
  play: "Play",
  pause: "Pause",
  back: "One event back",
  forwards: "One event on",
  start: "To the start",
  end: "To the end",
  transport: "Play and seek",
  scrub: "Moment of the story",
  moment: (position: number, length: number, at: number) =>
    `event ${count(position)} of ${count(length)}, at ${at} ms`,
  ms: (at: number) => `${at} ms`,
  speed: "Speed",
  keys: "Keys: space plays and pauses, ← and → go one event, Home and End go to the ends, [ and ] change the speed.",
  events: "Events",
  eventsOf: (events: number) => `The ${count(events)} events`,
  asText: "This moment in words",
  sourceOf: (title: string) => `worker.ts of ${title}`,
  nothingYet: "Nothing has happened yet.",
  verdict: {
    right: (shirt: string) => `Right: everybody wears ${shirt}.`,
    wrong: (wrong: number, people: number) => `Wrong: ${wrong} of ${people} wear the wrong shirt.`,
    steps: (area: string, stale: number, refused: number) =>
      `${area}; ${stale} late ${stale === 1 ? "step" : "steps"} landed, ${refused} refused.`,
    show: "Show this moment",
    showWrong: "Show where it went wrong",
  },
} as const;
