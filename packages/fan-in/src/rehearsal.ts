/** A rehearsal: the same workers and the same president, with plain chans in place of the broker and with fake time. */
import { play } from "@shirts/basics/play";
import { chan, go, sleep } from "@shirts/chan";
import type { FanInTools } from "./fan-in.ts";
import { FIRST_STATE, isOld, ORDERS, orderTwenty } from "./president.ts";
import type { Job, Result, State } from "./tailor.ts";
import type { PollingTools } from "./worker.ts";
import type { Pace } from "./workshop.ts";

export interface Rehearsed {
  /** The numbers of the shirts that were dyed in an old state. */
  readonly old: readonly number[];
  readonly results: readonly Result[];
  /** How often the table was read. */
  readonly reads: number;
}

/** Lets `work` sew the twenty shirts. Deterministic: the same pace gives the same shirts. */
export async function rehearse(
  work: (tools: PollingTools & FanInTools) => Promise<void>,
  { orderMs, sewMs, pollMs }: Pace,
): Promise<Rehearsed> {
  const results: Result[] = [];
  const wanted = new Map<number, State>();
  let reads = 0;
  await play(async () => {
    const jobs = chan<Job>(ORDERS);
    const states = chan<State>(ORDERS);
    let table = FIRST_STATE;
    go(async () => {
      await orderTwenty({
        async publish(state) {
          table = state;
          await states.send(state);
        },
        async order(number, state) {
          wanted.set(number, state);
          await jobs.send({ number, ack() {} });
        },
        orderMs,
      });
      jobs.close();
    });
    await work({
      jobs,
      states,
      pollMs,
      async readState() {
        reads++;
        return table;
      },
      sew: () => sleep(sewMs),
      async deliver(result) {
        results.push(result);
      },
    });
  });
  const old = results.filter((result) => isOld(result, wanted.get(result.number) ?? FIRST_STATE));
  return { old: old.map(({ number }) => number), results, reads };
}
