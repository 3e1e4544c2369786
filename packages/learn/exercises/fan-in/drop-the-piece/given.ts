/**
 * He sews with coloured cloth: the colour counts from the first stitch, and a change in the middle makes the shirt worthless. This
 * tailor sews inside of his loop, so he hears the change when the shirt is done. Take the work out of the loop: a routine sews, and
 * at a change the loop closes its `stop`, and begins the same job again.
 */
import { receiving, select } from "@shirts/chan";
import type { FanInTools } from "@shirts/learn/tailor";

/** Works until `jobs` is closed and the last shirt is delivered. `sew(job, stop)` ends at once when `stop` is closed. */
export async function fanIn({ jobs, states, readState, sew, deliver }: FanInTools): Promise<void> {
  let state = await readState();
  for (;;) {
    const it = await select({ job: receiving(jobs), state: receiving(states) });
    switch (it.case) {
      case "job":
        if (!it.ok) return;
        await sew(it.value);
        await deliver({ number: it.value.number, ...state });
        it.value.ack();
        break;
      case "state":
        if (!it.ok) return;
        if (it.value.revision > state.revision) state = it.value;
        break;
    }
  }
}
