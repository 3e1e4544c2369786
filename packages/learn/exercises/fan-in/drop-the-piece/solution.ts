/** The loop waits only in its select. A routine sews, and brings its piece; one that was dropped meanwhile is not the loop's any more. */
import { type Chan, chan, go, receiving, select, sending } from "@shirts/chan";
import type { FanInTools, Job, State } from "@shirts/learn/tailor";

interface Piece {
  readonly job: Job;
  readonly cloth: State;
  readonly stop: Chan<never>;
}

/** Works until `jobs` is closed and the last shirt is delivered. `sew(job, stop)` ends at once when `stop` is closed. */
export async function fanIn({ jobs, states, readState, sew, deliver }: FanInTools): Promise<void> {
  let state = await readState();
  const sewn = chan<Piece>();
  let piece: Piece | undefined;
  for (let isOpen = true; isOpen || piece; ) {
    const it = await select({
      job: isOpen && !piece && receiving(jobs),
      state: receiving(states),
      sewn: receiving(sewn),
    });
    switch (it.case) {
      case "job":
        if (it.ok) piece = begin(it.value);
        else isOpen = false;
        break;
      case "state":
        if (it.ok && it.value.revision <= state.revision) break;
        piece?.stop.close();
        if (!it.ok) return;
        state = it.value;
        if (piece) piece = begin(piece.job);
        break;
      case "sewn":
        if (!piece || it.value !== piece) break;
        await deliver({ number: piece.job.number, ...piece.cloth });
        piece.job.ack();
        piece = undefined;
        break;
    }
  }

  function begin(job: Job): Piece {
    const begun: Piece = { job, cloth: state, stop: chan() };
    go(async () => {
      await sew(job, begun.stop);
      await select({ stop: receiving(begun.stop), sewn: sending(sewn, begun) });
    });
    return begun;
  }
}
