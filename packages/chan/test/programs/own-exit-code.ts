/** Main is asleep for ever in a program that has set an exit code of its own. */
import { chan, reportDeadlocks } from "../../src/index.ts";

reportDeadlocks();

process.exitCode = 3;

async function main(): Promise<void> {
  await chan<number>().recv();
}

void main();
