/** This fan-in worker hears nothing while it sews, since the work is inside the loop. Take it out. */
import { receiving, select } from "@shirts/chan";
import type { FanInTools } from "../src/fan-in.ts";

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
        state = it.value;
        break;
    }
  }
}
