/** How much memory is really held. Node only: it asks for a garbage collection first. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { sleep } from "@shirts/chan";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Megabytes in use on the heap, garbage not counted. */
export async function heldMb(): Promise<number> {
  // What the turn before left on the microtask queue is still in use: let it run out first.
  await sleep(1);
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
