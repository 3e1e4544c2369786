/** Ends with every routine asleep, without a top-level await: Node alone would exit with 0 and say nothing. */
import { chan, go, receiving, reportDeadlocks, select, sending } from "../../src/index.ts";

reportDeadlocks();

const jobs = chan<string>();
const cancels = chan<string>();

async function worker(): Promise<void> {
  await select({ job: receiving(jobs), cancel: receiving(cancels) });
  await select({ job: receiving(jobs), out: sending(cancels, "never taken") });
}

async function main(): Promise<void> {
  go(worker);
  await jobs.send("paint");
  await step();
}

async function step(): Promise<void> {
  await chan<number>().recv();
}

void main();
