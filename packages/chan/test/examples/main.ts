/** What the page docs/find-the-race.md shows: `pnpm --filter chan find-the-race`. */

import { bubble, type ExploreError, explore } from "@shirts/chan/testing";
import { play } from "./program.ts";
import { byRace, bySelect, type Worker } from "./worker.ts";

async function check(worker: Worker): Promise<void> {
  const { sent, painted } = await play(worker);
  if (painted.join() !== sent.join())
    throw new Error(`handed over: ${sent.join() || "nothing"}, painted: ${painted.join() || "nothing"}`);
}

const workers: Readonly<Record<string, Worker>> = { race: byRace, select: bySelect };
const worker = workers[process.argv[2] ?? "race"] ?? byRace;
await bubble(() => check(worker));
console.log("once: right");
try {
  const { orders } = await explore(() => check(worker));
  console.log(`in every order: right, and there are ${orders}`);
} catch (error) {
  console.log((error as ExploreError).message);
}
