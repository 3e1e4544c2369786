/** The screen: moving bars on a terminal, plain lines everywhere else, or JSON for programs. */
import type { Picture, TraceEvent } from "@shirts/story";
import { commandText, eventText } from "@shirts/terminal";
import chalk from "chalk";
import { createLogUpdate } from "log-update";
import { barLines, nodeNumber } from "./bars.ts";
import type { Flags } from "./flags.ts";
import type { Outcome } from "./outcome.ts";
import type { Scene } from "./scenes.ts";
import { verdictLines } from "./summary.ts";

export interface Screen {
  /** A line that stays. */
  say(line?: string): void;
  /** A trace event of the running scene; `picture` has it already. */
  event(event: TraceEvent, picture: Picture): void;
  /** Begins a scene; returns a function that ends its moving part and leaves the last picture on the screen. */
  begin(scene: Scene, picture: Picture): () => void;
  /** The scene's outcome, counted in SQL. */
  outcome(outcome: Outcome): void;
}

export function openScreen(flags: Pick<Flags, "plain" | "json">): Screen {
  if (flags.json) return jsonScreen();
  return flags.plain ? plainScreen() : movingScreen();
}

const write = (line = "") => process.stdout.write(`${line}\n`);

function sayVerdict(outcome: Outcome): void {
  for (const line of verdictLines(outcome)) write(line);
}

/** The width of a bar: what the window leaves, at most one cell per step of 1 %. */
function barWidth(): number {
  return Math.max(20, Math.min(100, (process.stdout.columns ?? 80) - 20));
}

function jsonScreen(): Screen {
  return {
    say: () => {},
    event: (event) => write(JSON.stringify(event)),
    begin: () => () => {},
    outcome: ({ scene: { title, stage }, trace: _told, ...counted }) =>
      write(JSON.stringify({ scene: title, stage, ...counted })),
  };
}

function plainScreen(): Screen {
  let news = newsTeller();
  let startedAt = 0;
  let lastBarAt = 0;
  const print = (at: number, text: string) =>
    write(`  ${((at - startedAt) / 1000).toFixed(1).padStart(5)} s  ${text}`);
  const bars = (at: number, picture: Picture) => {
    lastBarAt = at;
    for (const line of barLines(picture, 60)) if (line.trim()) print(at, line);
  };
  return {
    say: write,
    event(event, picture) {
      if (event.type === "commanded" && startedAt === 0) startedAt = event.at;
      // Nodes that are getting ready are no part of the scene yet.
      if (startedAt === 0) return;
      const text = news(event);
      if (text) print(event.at, text);
      if (event.at - lastBarAt >= 1000) bars(event.at, picture);
    },
    begin(_scene, picture) {
      startedAt = 0;
      lastBarAt = Date.now();
      news = newsTeller();
      return () => {
        bars(Date.now(), picture);
        startedAt = 0;
      };
    },
    outcome: sayVerdict,
  };
}

function movingScreen(): Screen {
  const live = createLogUpdate(process.stdout);
  let tell = newsTeller();
  const news: string[] = [];
  return {
    say: write,
    event(event) {
      const text = tell(event);
      if (text) news.push(text);
    },
    begin(scene, picture) {
      const startedAt = Date.now();
      news.length = 0;
      tell = newsTeller();
      const draw = (running: boolean) => {
        const seconds = `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
        const nodes = scene.pacesMs.map((pace, index) => nodeLine(index + 1, pace, picture));
        const told = running ? news.slice(-4) : news;
        live(
          [
            ...barLines(picture, barWidth()),
            ...nodes,
            ...told.map((line) => chalk.dim(`  ${line}`)),
            running ? chalk.dim(seconds) : "",
          ].join("\n"),
        );
      };
      draw(true);
      const timer = setInterval(() => draw(true), 66);
      return () => {
        clearInterval(timer);
        draw(false);
        live.done();
      };
    },
    outcome: sayVerdict,
  };
}

function nodeLine(number: number, paceMs: number, picture: Picture): string {
  const walks = [...picture.walks.values()].filter(({ node }) => nodeNumber(node) === String(number));
  const doing = walks.map(
    ({ command, step }) =>
      `walks over ${commandText(command)} ${Math.round(((step + 1) / picture.steps) * 100)} %`,
  );
  return `▲${number} node ${number}, ${paceMs} ms a step: ${doing.join(" and ") || chalk.dim("waits")}`;
}

/** Events that a learner need not see one by one: the bars show them, or nothing comes of them. */
const UNTOLD: ReadonlySet<TraceEvent["type"]> = new Set([
  "ready",
  "cancel received",
  "reconnected",
  "unblocked",
  "verdict",
]);

/** Tells what happens, in sentences: of a node that paints stale steps of one command, only the first. */
function newsTeller(): (event: TraceEvent) => string | undefined {
  const late = new Set<string>();
  return (event) => {
    if (UNTOLD.has(event.type)) return undefined;
    if (event.type === "painted") {
      const walk = `${event.node} ${event.command.area} ${event.command.revision}`;
      if (!event.stale || late.has(walk)) return undefined;
      late.add(walk);
    }
    return eventText(event);
  };
}
