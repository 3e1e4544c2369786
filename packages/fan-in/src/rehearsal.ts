/** A rehearsal: the same workers and the same president, with plain chans in place of the broker and with fake time. */
import { play } from "@shirts/basics/play";
import { after, chan, go } from "@shirts/chan";
import type { FanInTools } from "./fan-in.ts";
import { FIRST_STATE, isOld, ORDERS, orderTwenty } from "./president.ts";
import { type Job, type Result, type State, sewing } from "./tailor.ts";
import type { PollingTools } from "./worker.ts";
import type { Pace } from "./workshop.ts";

export interface Rehearsed {
  /** The numbers of the shirts that were dyed in an old state. */
  readonly old: readonly number[];
  /** The numbers of the shirts that were delivered when the table already had a newer state. */
  readonly forNothing: readonly number[];
  /** The numbers of the shirts that were delivered before their last stitch. */
  readonly unsewn: readonly number[];
  /** Milliseconds of sewing at pieces that were delivered for nothing, or not at all. */
  readonly wastedMs: number;
  readonly results: readonly Result[];
  /** How often the table was read. */
  readonly reads: number;
  /** When each state was published, in milliseconds. */
  readonly published: readonly { readonly atMs: number; readonly state: State }[];
}

/** Lets `work` sew the twenty shirts. Deterministic: the same pace gives the same shirts. */
export async function rehearse(
  work: (tools: PollingTools & FanInTools) => Promise<void>,
  { orderMs, sewMs, pollMs }: Pace,
): Promise<Rehearsed> {
  const results: Result[] = [];
  const forNothing: number[] = [];
  const unsewn: number[] = [];
  const sewn = new Set<number>();
  const published: { atMs: number; state: State }[] = [{ atMs: 0, state: FIRST_STATE }];
  let needleMs = 0;
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
          published.push({ atMs: await now(), state });
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
      async sew({ number }, stop) {
        sewn.delete(number);
        const begun = await now();
        await sewing(sewMs, stop);
        const ms = (await now()) - begun;
        needleMs += ms;
        if (ms === sewMs) sewn.add(number);
      },
      async deliver(result) {
        results.push(result);
        if (!sewn.has(result.number)) unsewn.push(result.number);
        if (isOld(result, table)) forNothing.push(result.number);
      },
    });
  });
  const old = results.filter((result) => isOld(result, wanted.get(result.number) ?? FIRST_STATE));
  const wastedMs = needleMs - (results.length - forNothing.length) * sewMs;
  return { old: old.map(({ number }) => number), forNothing, unsewn, wastedMs, results, reads, published };
}

async function now(): Promise<number> {
  const [ms = 0] = await after(0).recv();
  return ms;
}
