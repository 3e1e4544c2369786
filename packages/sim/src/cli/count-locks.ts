/** `pnpm sim --locks`: what the fence's lock is worth, in every order of events. */
import { readFileSync, writeFileSync } from "node:fs";
import { type Exploration, explore } from "../explore.ts";
import type { Stage } from "../stages.ts";
import { lockingStages } from "../variants/locking.ts";
import { burst, group } from "./count.ts";
import type { Options } from "./options.ts";

type LockCount = Pick<Exploration, "ways" | "broken">;

/** What was counted last, by stage. A test counts the quick ones again. */
export type KeptLocks = Readonly<Record<string, LockCount>>;

const FILE = new URL("../../locks.json", import.meta.url);

export function readKeptLocks(): KeptLocks {
  return JSON.parse(readFileSync(FILE, "utf8"));
}

/** 2 nodes, 2 people, PURPLE before BLUE. */
export async function countLocks(stage: Stage): Promise<LockCount> {
  const { ways, broken } = await explore({ stage, nodes: 2, steps: 2, commands: burst(2) });
  return { ways, broken };
}

/** Counts, which takes minutes. `--kept` shows what was counted last, `--update` keeps the new counts. */
export async function tellLocks({ kept, update }: Options, write: (text: string) => void): Promise<void> {
  const known = kept ? readKeptLocks() : {};
  const counts: Record<string, LockCount> = {};
  write(
    "| step | wrong | with a late step | orders | what the step does |\n| --- | ---: | ---: | ---: | --- |\n",
  );
  for (const stage of lockingStages) {
    const count = known[stage.name] ?? (await countLocks(stage));
    counts[stage.name] = count;
    const wrong = group(count.broken["last command wins"] ?? 0);
    const late = group(count.broken["no step after a newer command was accepted"] ?? 0);
    write(`| ${stage.name} | ${wrong} | ${late} | ${group(count.ways)} | ${stage.about} |\n`);
  }
  write(
    "\nTwo nodes, two people, PURPLE before BLUE. A step asks, has the row, paints, commits: an event each.\n",
  );
  if (update) writeFileSync(FILE, `${JSON.stringify(counts, null, 2)}\n`);
}
