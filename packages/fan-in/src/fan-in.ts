/**
 * The fan-in worker: jobs from a queue and new states from a pub/sub, merged in one select.
 *
 * The loop itself never works and never sleeps, so nothing keeps it from hearing the next state: sewing is a routine's job.
 */
import { chan, go, type RecvChan, receiving, type SendChan, select } from "@shirts/chan";
import type { Job, State, Tools } from "./tailor.ts";

export interface FanInTools extends Tools {
  /** Each new state, pushed. Subscribed before the worker starts. */
  readonly states: RecvChan<State>;
}

// #region fan-in
/** Works until `jobs` is closed and the last shirt is delivered, or until `states` is closed. */
export async function fanIn(tools: FanInTools): Promise<void> {
  const { jobs, states, readState, deliver } = tools;
  // Pushes tell what changes, not what is. Subscribed first, read second: nothing can fall between the two.
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
        // Deaf, it would go on in an old colour and not know it. Better to stop.
        if (!it.ok) return;
        // A push may be older than what the table said at the start.
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
