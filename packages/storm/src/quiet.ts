/** When a story is over: all is quiet, and each node hears cancels again. */
import { setTimeout as sleep } from "node:timers/promises";
import { encodeCancel } from "@shirts/cluster/messages";
import { STAGES } from "@shirts/story";
import type { Arena } from "./arena.ts";
import type { Hearing } from "./hearing.ts";
import type { Orders } from "./orders.ts";

/** How long a story may need to become quiet once its fault is over. */
const TIMEOUT_MS = 20_000;
const POLL_MS = 40;

/**
 * Resolves when every command's job is acked, nobody works and, in v4, the table misses no step of a newest command; or at
 * the timeout. A node that ended by itself is started again meanwhile, as any supervisor would.
 */
export async function untilQuiet(
  arena: Arena,
  orders: Orders,
  hearing: Hearing,
  signal: AbortSignal | undefined,
): Promise<void> {
  const until = performance.now() + TIMEOUT_MS;
  for (let calm = 0; calm < 3 && performance.now() < until && !signal?.aborted; ) {
    await sleep(POLL_MS);
    await supervise(arena);
    const isCalm = orders.unacked(hearing.acked).length === 0 && hearing.isIdle;
    calm = isCalm && (await isAllDone(arena)) ? calm + 1 : 0;
  }
}

async function isAllDone(arena: Arena): Promise<boolean> {
  const { messages } = await arena.rabbit.depth(STAGES[arena.stage].jobs.queue);
  if (messages > 0) return false;
  return arena.stage !== "v4" || (await arena.table.unfinished(arena.stage)).length === 0;
}

/** A node that cannot start now is tried again. The next story tells why, when it still cannot. */
async function supervise(arena: Arena): Promise<void> {
  await arena.heal().catch(() => sleep(POLL_MS));
}

/** How long a node may need to hear a cancel again: it may have to find that its connection is dead, and dial anew. */
const HEAR_MS = 15_000;

/**
 * Sends a cancel to all nodes, again and again until each has heard it. Nobody works, so it stops nothing. Resolves with
 * its sender, which the law `hears` looks for; undefined in a stage without cancels.
 */
export async function probe(arena: Arena, hearing: Hearing, seed: number): Promise<string | undefined> {
  const topology = STAGES[arena.stage];
  if (!("cancels" in topology)) return undefined;
  const consumerId = `the storm, story ${seed}`;
  const revisions = await arena.table.revisions();
  const world = await arena.table.world();
  // A revision that the table never gave would be dropped; an area without a command has none.
  const [area = "north-america", revision = 0] = [...revisions].find(([, given]) => given > 0) ?? [];
  const body = encodeCancel({ area, consumerId, world, ...(revision > 0 && { revision }) });
  const from = hearing.trace.length;
  const isDeaf = (name: string) =>
    !hearing.trace
      .slice(from)
      .some(
        (event) =>
          event.type === "cancel received" && event.node === name && event.cancel.consumerId === consumerId,
      );
  const until = performance.now() + HEAR_MS;
  do {
    await arena.rabbit.broadcast(topology.cancels, body);
    await sleep(POLL_MS);
  } while (performance.now() < until && arena.slots.some(({ name }) => isDeaf(name)));
  return consumerId;
}
