/**
 * The fan-in worker: jobs from a queue and new states from a pub/sub, merged in one select.
 *
 * The loop never works and never sleeps, so it always hears the next state, also in the middle of a shirt: then it drops the
 * half-sewn one, and begins it again in the new colour. Sewing is the work of a routine.
 */
import { type Chan, chan, go, type RecvChan, receiving, type SendChan, select, sending } from "@shirts/chan";
import type { Job, State, Tools } from "./tailor.ts";

export interface FanInTools extends Tools {
  /** Each new state, as it is published. The subscription exists before the worker starts. */
  readonly states: RecvChan<State>;
}

/** A shirt in work: the cloth has the colour of a state, and closing `stop` ends the sewing. */
interface Piece {
  readonly job: Job;
  readonly cloth: State;
  readonly stop: Chan<never>;
}

/** Works until `jobs` is closed and the last shirt is delivered, or until `states` is closed. */
// #region fan-in
export async function fanIn(tools: FanInTools): Promise<void> {
  const { jobs, states, readState, deliver } = tools;
  // Pushes tell only what changes, so read the state once. The subscription came first: no change is lost in between.
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
        // Without states it would go on in an old colour and not know it. It is better to stop.
        if (!it.ok) return;
        state = it.value;
        if (piece) piece = begin(piece.job);
        break;
      case "sewn":
        // A piece that was dropped in its last moment may come, too: a select that finds both ready tosses a coin.
        if (piece === undefined || it.value !== piece) break;
        await deliver({ number: piece.job.number, ...piece.cloth });
        piece.job.ack();
        piece = undefined;
        break;
    }
  }

  function begin(job: Job): Piece {
    const begun: Piece = { job, cloth: state, stop: chan() };
    go(sewOne, begun, sewn, tools);
    return begun;
  }
}
// #endregion fan-in

async function sewOne(piece: Piece, sewn: SendChan<Piece>, { sew }: Tools): Promise<void> {
  await sew(piece.job, piece.stop);
  // Nobody waits for a piece that was dropped.
  await select({ stop: receiving(piece.stop), sewn: sending(sewn, piece) });
}
