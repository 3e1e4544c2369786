/** `pnpm sim --speed`: ten-step stories of two nodes per second, on one core. */

import { runSeed } from "../find.ts";
import { SHAPE } from "../generate.ts";
import { stages } from "../stages.ts";

const STORIES = 4000;
const SHAPE_OF_TEN = { ...SHAPE, steps: [10, 10] as const, commands: [2, 2] as const };

export async function tellSpeed(write: (text: string) => void): Promise<void> {
  write("Stories of two nodes, two commands, ten steps each; CPU time of this process.\n");
  for (const stage of stages) {
    for (let seed = 0; seed < STORIES / 4; seed++) await runSeed(stage, SHAPE_OF_TEN, seed);
    let events = 0;
    const before = process.cpuUsage();
    for (let seed = 0; seed < STORIES; seed++)
      events += (await runSeed(stage, SHAPE_OF_TEN, seed)).outcome.trace.length;
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    write(
      `${stage.name.padEnd(10)} ${String(Math.round(STORIES / seconds)).padStart(6)} stories/s, ${String(Math.round(events / seconds)).padStart(7)} trace events/s\n`,
    );
  }
}
