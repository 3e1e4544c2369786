/** Main waits on a chan that nobody sends on, and a routine that is no async function on one that nobody reads. */
import { chan, go } from "../../src/index.ts";

const c = chan<number>();
const d = chan<number>();

async function main(): Promise<void> {
  go(() => c.send(1));
  await d.recv();
}

void main();
