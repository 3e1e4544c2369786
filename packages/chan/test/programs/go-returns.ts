/** Main waits for a send that never comes, and a routine that is no async function for a receive that never comes. */
import { chan, go, reportDeadlocks } from "../../src/index.ts";

reportDeadlocks();

const c = chan<number>();
const d = chan<number>();

async function main(): Promise<void> {
  go(() => c.send(1));
  await d.recv();
}

void main();
