/** Main ends while a routine waits for two chans at once, and an operation that no function awaits blocks as well. */
import { chan, go, reportDeadlocks } from "../../src/index.ts";

reportDeadlocks();

const [a, b] = [chan<number>(), chan<number>()];

async function main(): Promise<void> {
  go(async () => {
    await Promise.all([a.recv(), b.recv()]);
  });
  await Promise.all([a.recv(), Promise.reject(new Error("lost"))]).catch(() => {});
  console.log("main ends");
}

void main();
