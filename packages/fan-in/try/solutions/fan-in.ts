/** A routine does the work, and the loop hears everything. */
import { chan, go, receiving, select } from "@shirts/chan";
import type { FanInTools } from "../../src/fan-in.ts";
import type { Job } from "../../src/tailor.ts";

export async function fanIn({ jobs, states, readState, sew, deliver }: FanInTools): Promise<void> {
  let state = await readState();
  const sewn = chan<Job>();
  let isSewing = false;
  for (let isOpen = true; isOpen || isSewing; ) {
    const it = await select({
      job: isOpen && !isSewing && receiving(jobs),
      state: receiving(states),
      sewn: receiving(sewn),
    });
    if (it.case === "state") {
      if (!it.ok) return;
      state = it.value;
    } else if (it.case === "sewn") {
      if (!it.ok) return;
      await deliver({ number: it.value.number, ...state });
      it.value.ack();
      isSewing = false;
    } else if (it.ok) {
      isSewing = true;
      go(async (job: Job) => {
        await sew(job);
        await sewn.send(job);
      }, it.value);
    } else {
      isOpen = false;
    }
  }
}
