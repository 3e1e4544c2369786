/** `pnpm sim v3 fence --seeds 1000000 --resume kept.json`: very many stories, with a progress line and a file to go on from. */
import { existsSync, readFileSync } from "node:fs";
import { UsageError, writeWhole } from "@shirts/command-line";
import { runSeed } from "../find.ts";
import { type LawName, lawsOf } from "../laws.ts";
import type { Stage } from "../stages.ts";
import type { Options } from "./options.ts";

type Write = (text: string) => void;

/** What is known so far of one stage. A search goes on only with the same shape of stories. */
interface Progress {
  readonly stage: string;
  readonly shape: string;
  /** The next seed to try; 1 at the start. */
  next: number;
  /** By law: how many stories broke it, and the first seed that did. */
  readonly broken: Partial<Record<LawName, { stories: number; first: number }>>;
}

const SEEDS_PER_SAVE = 2000;

export async function tellMany(options: Options, seeds: number, write: Write): Promise<void> {
  const all = readAll(options);
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
  };
  process.once("SIGINT", stop);
  for (const stage of options.stages) {
    const progress = start(stage, options, all);
    const began = { at: performance.now(), next: progress.next };
    while (progress.next <= seeds && !isStopped) {
      const until = Math.min(progress.next + SEEDS_PER_SAVE, seeds + 1);
      for (; progress.next < until && !isStopped; progress.next++) {
        const { outcome } = await runSeed(stage, options.shape, progress.next);
        for (const law of Object.keys(outcome.broken) as LawName[]) note(progress, law);
      }
      save(all, options.resume);
      tellProgress(progressLine(progress, seeds, began), progress.next);
    }
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
    write(`${stage.name}: ${progress.next - 1} stories, one per seed\n`);
    for (const law of lawsOf(stage)) write(`  ${lawLine(law, progress)}\n`);
    if (isStopped) break;
  }
  process.off("SIGINT", stop);
  if (!isStopped) return;
  write(
    options.resume
      ? "Stopped. The same command goes on from here.\n"
      : "Stopped. With --resume FILE it can go on later.\n",
  );
  process.exitCode = 130;
}

/** On a terminal, one line that is written over; in a log, a line now and then. */
function tellProgress(line: string, next: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
  else if ((next - 1) % (SEEDS_PER_SAVE * 50) === 0) process.stderr.write(`${line}\n`);
}

function note({ broken, next }: Progress, law: LawName): void {
  const known = broken[law];
  if (known) known.stories++;
  else broken[law] = { stories: 1, first: next };
}

function lawLine(law: LawName, { broken }: Progress): string {
  const known = broken[law];
  return known ? `✗ ${law}: broken in ${known.stories}, first by seed ${known.first}` : `✓ ${law}`;
}

function progressLine(
  { stage, next, broken }: Progress,
  seeds: number,
  began: { at: number; next: number },
): string {
  const perSecond = Math.round(((next - began.next) / (performance.now() - began.at)) * 1000);
  const minutes = Math.ceil((seeds + 1 - next) / perSecond / 60);
  const lost = broken["last command wins"]?.stories ?? 0;
  return `${stage}: seed ${next - 1} of ${seeds}, ${perSecond} stories/s, ${minutes} min left, ${lost} lost the last command`;
}

type All = Record<string, Progress>;

function readAll({ resume }: Options): All {
  if (resume === undefined || !existsSync(resume)) return {};
  try {
    const all: unknown = JSON.parse(readFileSync(resume, "utf8"));
    if (typeof all === "object" && all !== null) return all as All;
  } catch {
    // The error below says it.
  }
  throw new UsageError(`cannot go on from ${resume}: it is not a file that --resume has written`);
}

function start(stage: Stage, { resume, shape }: Options, all: All): Progress {
  const fresh: Progress = { stage: stage.name, shape: JSON.stringify(shape), next: 1, broken: {} };
  const kept = all[stage.name] ?? fresh;
  if (kept.shape !== fresh.shape)
    throw new UsageError(`${resume} is about other stories of ${stage.name}; name another file or delete it`);
  all[stage.name] = kept;
  return kept;
}

/** The process may be killed at any moment. */
function save(all: All, file: string | undefined): void {
  if (file === undefined) return;
  writeWhole(file, JSON.stringify(all));
}
