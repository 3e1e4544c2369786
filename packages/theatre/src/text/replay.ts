/** The texts of the replay of a trace. */
const count = (number: number) => number.toLocaleString("en");

export const replayText = {
  intro: "Open a trace: one event of JSON on each line, as every program here writes it.",
  sources: [
    ["a live play", "npm start -- --page --keep live.jsonl"],
    ["the whole story", "npm start -- --json > story.jsonl"],
    ["the simulator", "pnpm -s sim v2 --find --json > race.jsonl"],
    ["a storm on real servers", "pnpm storm v3 --traces traces"],
  ],
  choose: "Choose a file",
  drop: "or drop it here",
  paste: "or paste its text",
  open: "Open the text",
  other: "Open another trace",
  reading: "Reading …",
  failed: (name: string, why: string) => `${name} is no trace. ${why}`,
  notThere: "The trace that this address names is not there. Start the command again.",
  pasted: "The pasted text",
  opened: (name: string, events: number, steps: number) =>
    `${name}: ${count(events)} events, ${count(steps)} ${steps === 1 ? "step" : "steps"} shown.`,
  real: (when: string) => `Real clocks wrote it, from ${when} on: this has happened.`,
  simulated: "Its clock begins at 0: the simulator wrote it.",
  story: "Story",
  untitled: (number: number) => `Story ${number}`,
  cut: (events: number) => `It has more events than a page can show: these are its first ${count(events)}.`,
  bytesLeft: (bytes: number) =>
    `It is too large: its last ${count(Math.ceil(bytes / 1024 / 1024))} MB are left out.`,
  problems: (lines: number) =>
    lines === 1
      ? "One line is no event, and was left out:"
      : `${count(lines)} lines are no events, and were left out:`,
  /** `why` is a sentence without its end, about the line ("it is not JSON") or about a field. */
  problem: (line: number, why: string) =>
    why.startsWith("it ") ? `line ${count(line)}${why.slice(2)}` : `line ${count(line)}: ${why}`,
  moreProblems: (more: number) => `and ${count(more)} more`,
} as const;
