/** `pnpm sim v4 --seeds 1000000 --resume v4.json`: very many stories, with a progress line, and a file to go on from. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { runSeed } from "../find.ts";
import { type LawName, lawNames } from "../laws.ts";
import type { Stage } from "../stages.ts";
import { type Options, UsageError } from "./options.ts";

type Write = (text: string) => void;

/** Everything that is known so far. What it was asked for must be the same when it goes on. */
interface Progress {
  readonly stage: string;
  readonly shape: string;
  /** The next seed to try; 1 at the start. */
  next: number;
  /** By law: how many stories broke it, and the first seed that did. */
  readonly broken: Partial<Record<LawName, { stories: number; first: number }>>;
}

const SEEDS_PER_SAVE = 2000;

export async function tellMany(stage: Stage, options: Options, seeds: number, write: Write): Promise<void> {
  const progress = start(stage, options);
  const began = { at: performance.now(), next: progress.next };
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
  };
  process.once("SIGINT", stop);
  while (progress.next <= seeds && !isStopped) {
    const until = Math.min(progress.next + SEEDS_PER_SAVE, seeds + 1);
    for (; progress.next < until && !isStopped; progress.next++) {
      const { outcome } = await runSeed(stage, options.shape, progress.next);
      for (const law of Object.keys(outcome.broken) as LawName[]) note(progress, law);
    }
    save(progress, options.resume);
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${progressLine(progress, seeds, began)}`);
    else if ((progress.next - 1) % (SEEDS_PER_SAVE * 50) === 0)
      process.stderr.write(`${progressLine(progress, seeds, began)}\n`);
  }
  process.off("SIGINT", stop);
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  write(`${stage.name}: ${progress.next - 1} stories, one per seed\n`);
  for (const law of lawNames) write(`  ${lawLine(law, progress)}\n`);
  if (isStopped) {
    write(
      options.resume
        ? `Stopped. The same command goes on from seed ${progress.next}.\n`
        : "Stopped. With --resume FILE it could go on.\n",
    );
    process.exitCode = 130;
  }
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

function start(stage: Stage, { resume, shape }: Options): Progress {
  const fresh: Progress = { stage: stage.name, shape: JSON.stringify(shape), next: 1, broken: {} };
  if (resume === undefined || !existsSync(resume)) return fresh;
  let kept: Progress;
  try {
    kept = JSON.parse(readFileSync(resume, "utf8"));
  } catch (error) {
    throw new UsageError(`cannot go on from ${resume}: ${(error as Error).message}`);
  }
  if (kept.stage !== fresh.stage || kept.shape !== fresh.shape)
    throw new UsageError(
      `${resume} is about other stories (stage ${kept.stage}); name another file or delete it`,
    );
  return kept;
}

/** Written whole or not at all: it may be killed at any moment. */
function save(progress: Progress, file: string | undefined): void {
  if (file === undefined) return;
  writeFileSync(`${file}.new`, JSON.stringify(progress));
  renameSync(`${file}.new`, file);
}
