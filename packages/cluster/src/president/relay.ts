/**
 * The relay: what drives the outbox. It sends again what the broker has not confirmed, and each area's newest command that is not
 * finished and to which nothing happens: its job may be lost with its queue, or dead-lettered. Each node of v4 runs one,
 * so as long as one node lives, the newest command comes back without a person.
 *
 * It is for v4, where a second copy of a job does no harm. There are as many relays as there are nodes: all watch, and of those
 * that have seen the same, the table lets one send.
 */
import type { Stage } from "@shirts/story";
import type { Table } from "@shirts/table";
import { type Rounds, startRounds } from "../rounds.ts";
import { type Dependencies, resend } from "./president.ts";
import { Watch } from "./watch.ts";

export interface RelayDependencies extends Omit<Dependencies, "table"> {
  readonly table: Pick<Table, "waiting" | "claim" | "confirm">;
}

export interface RelayOptions {
  /** A command is sent again when nothing has happened to it for so long, in milliseconds. Default 5000. */
  readonly afterMs?: number;
  /** How often the table is asked, in milliseconds. Default 1000. */
  readonly everyMs?: number;
}

/**
 * Starts a relay. What it sends and what fails is reported; it goes on until it is stopped. `stop` waits for what is on its
 * way.
 */
export function startRelay(
  dependencies: RelayDependencies,
  stage: Stage,
  { afterMs = 5_000, everyMs = 1_000 }: RelayOptions = {},
): Rounds {
  const watch = new Watch(Math.ceil(afterMs / everyMs));
  let failure: string | undefined;
  return startRounds(everyMs, async () => {
    const before = failure;
    failure = await relay(dependencies, stage, watch);
    // The same failure again is no news: a table may be away for hours.
    if (failure !== undefined && failure !== before)
      dependencies.report?.({ type: "failed", reason: `the outbox cannot be read: ${failure}` });
  });
}

/** One round. Resolves with why the outbox cannot be read, if so. Never rejects. */
async function relay(
  dependencies: RelayDependencies,
  stage: Stage,
  watch: Watch,
): Promise<string | undefined> {
  const { table, report } = dependencies;
  try {
    const orders = [];
    for (const seen of watch.due(await table.waiting(stage)))
      if (await table.claim(seen)) orders.push(seen.command);
    for (const { order, failure } of await resend(dependencies, stage, orders))
      report?.(
        failure === undefined
          ? { type: "sent again", command: order }
          : { type: "failed", reason: `revision ${order.revision} was not sent again: ${failure}` },
      );
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
