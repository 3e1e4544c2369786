/**
 * The fan-in worker: jobs from a queue and new states from a pub/sub, merged in one select.
 *
 * The loop never works and never sleeps, so it always hears the next state. Sewing is the work of a routine.
 */
import { chan, go, type RecvChan, receiving, type SendChan, select } from "@shirts/chan";
import type { Job, State, Tools } from "./tailor.ts";

export interface FanInTools extends Tools {
  /** Each new state, as it is published. The subscription exists before the worker starts. */
  readonly states: RecvChan<State>;
}

// #region fan-in
/** Works until `jobs` is closed and the last shirt is delivered, or until `states` is closed. */
export async function fanIn(tools: FanInTools): Promise<void> {
  const { jobs, states, readState, deliver } = tools;
  // Pushes tell only what changes, so read the state once. The subscription came first: no change is lost in between.
  let state = await readState();
  const sewn = chan<Job>();
  let isSewing = false;
  for (let isOpen = true; isOpen || isSewing; ) {
    const it = await select({
      job: isOpen && !isSewing && receiving(jobs),
      state: receiving(states),
      sewn: receiving(sewn),
    });
    switch (it.case) {
      case "job":
        if (!it.ok) {
          isOpen = false;
          break;
        }
        isSewing = true;
        go(sewOne, it.value, sewn, tools);
        break;
      case "state":
        // Without states it would go on in an old colour and not know it. It is better to stop.
        if (!it.ok) return;
        // A push may be older than the state that the table had at the start.
        if (it.value.revision > state.revision) state = it.value;
        break;
      case "sewn":
        if (!it.ok) break;
        await deliver({ number: it.value.number, ...state });
        it.value.ack();
        isSewing = false;
        break;
    }
  }
}
// #endregion fan-in

// #region sew
async function sewOne(job: Job, sewn: SendChan<Job>, { sew }: Tools): Promise<void> {
  await sew(job);
  await sewn.send(job);
}
// #endregion sew
