/** Measures how much memory is held. Node only: it collects the garbage first. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { sleep } from "@shirts/chan";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Megabytes in use on the heap, garbage not counted. */
export async function heldMb(): Promise<number> {
  // Whatever the microtask queue holds is still in use: let it run empty first.
  await sleep(1);
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
