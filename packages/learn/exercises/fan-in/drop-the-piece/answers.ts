import { type Chan, chan, go, receiving, select, sleep, trySelect } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";
import type { FanInTools, Job, State } from "@shirts/learn/tailor";

/** A hint of one piece in work, for the answers that drop. */
interface Piece {
  readonly job: Job;
  readonly cloth: State;
  readonly stop: Chan<never>;
}

/** The loop of the solution with a list in place of the select in the routine, and with one thing changed. */
const dropping = (change: {
  readonly drops?: false;
  readonly compares?: false;
  readonly parallel?: true;
  readonly acks?: "first" | "never";
  readonly begins?: false;
}) => ({
  async fanIn({ jobs, states, readState, sew, deliver }: FanInTools) {
    let state = await readState();
    const sewn = chan<Piece>(1000);
    let piece: Piece | undefined;
    for (let isOpen = true; isOpen || piece; ) {
      const it = await select({
        job: isOpen && (change.parallel || !piece) && receiving(jobs),
        state: receiving(states),
        sewn: receiving(sewn),
      });
      if (it.case === "job") {
        if (it.ok) piece = begin(it.value);
        else isOpen = false;
      } else if (it.case === "state") {
        if (!it.ok) return;
        if (it.value.revision <= state.revision) continue;
        state = it.value;
        if (!piece) continue;
        if (change.drops !== false) piece.stop.close();
        if (change.begins !== false) piece = begin(piece.job);
        else piece = undefined;
      } else if (it.ok && (it.value === piece || change.compares === false)) {
        await deliver({ number: it.value.job.number, ...it.value.cloth });
        if (change.acks !== "never") it.value.job.ack();
        piece = undefined;
      }
    }

    function begin(job: Job): Piece {
      if (change.acks === "first") job.ack();
      const begun: Piece = { job, cloth: state, stop: chan() };
      go(async () => {
        await sew(job, begun.stop);
        await sewn.send(begun);
      });
      return begun;
    }
  },
});

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "a buffer, and no select in the routine": dropping({}),
    "it waits in one place for each shirt": {
      async fanIn({ jobs, states, readState, sew, deliver }: FanInTools) {
        let state = await readState();
        for (;;) {
          const it = await select({ job: receiving(jobs), state: receiving(states) });
          if (!it.ok) return;
          if (it.case === "state") {
            if (it.value.revision > state.revision) state = it.value;
            continue;
          }
          for (
            let newer = trySelect({ state: receiving(states) });
            newer?.ok;
            newer = trySelect({ state: receiving(states) })
          )
            if (newer.value.revision > state.revision) state = newer.value;
          for (let isDone = false; !isDone; ) {
            const stop = chan<never>();
            const sewn = chan<true>(1);
            go(async () => {
              await sew(it.value, stop);
              await sewn.send(true);
            });
            for (;;) {
              const end = await select({ sewn: receiving(sewn), state: receiving(states) });
              if (end.case === "sewn") {
                isDone = true;
                break;
              }
              if (!end.ok) return;
              if (end.value.revision <= state.revision) continue;
              state = end.value;
              stop.close();
              break;
            }
          }
          await deliver({ number: it.value.number, ...state });
          it.value.ack();
        }
      },
    },
  },
  wrong: {
    "the previous chapter's solution": {
      answer: {
        async fanIn({ jobs, readState, sew, deliver }: FanInTools) {
          for await (const job of jobs) {
            await sew(job);
            await deliver({ number: job.number, ...(await readState()) });
            job.ack();
          }
        },
      },
      says: /the president wants BLUE now, and shirt \d is still sewn in PURPLE/,
    },
    "the states are drained after the sewing": {
      answer: {
        async fanIn({ jobs, states, readState, sew, deliver }: FanInTools) {
          let state = await readState();
          for await (const job of jobs) {
            await sew(job);
            for (
              let newer = trySelect({ state: receiving(states) });
              newer?.ok;
              newer = trySelect({ state: receiving(states) })
            )
              state = newer.value;
            await deliver({ number: job.number, ...state });
            job.ack();
          }
        },
      },
      says: /still sewn in PURPLE: nobody told the hands/,
    },
    "two plain loops": {
      answer: {
        async fanIn({ jobs, states, readState, sew, deliver }: FanInTools) {
          let state = await readState();
          go(async () => {
            for await (const newer of states) if (newer.revision > state.revision) state = newer;
          });
          for await (const job of jobs) {
            const cloth = state;
            await sew(job);
            await deliver({ number: job.number, ...cloth });
            job.ack();
          }
        },
      },
      says: /still sewn in PURPLE/,
    },
    "he looks after the last stitch, and sews again": {
      answer: {
        async fanIn({ jobs, readState, sew, deliver }: FanInTools) {
          for await (const job of jobs) {
            for (;;) {
              const cloth = await readState();
              await sew(job);
              if ((await readState()).revision !== cloth.revision) continue;
              await deliver({ number: job.number, ...cloth });
              break;
            }
            job.ack();
          }
        },
      },
      says: /still sewn in PURPLE/,
    },
    "he begins again, and the old piece goes on": {
      answer: dropping({ drops: false }),
      says: /begun while another one is still in work/,
    },
    "he delivers whatever comes": {
      answer: dropping({ compares: false }),
      says: /shirt \d is delivered, and it is not sewn yet|is sewn for nothing|as if it were/,
    },
    "he drops, and forgets the job": {
      answer: dropping({ begins: false }),
      says: /does not come to his end|never delivered/,
    },
    "many at a time": {
      answer: dropping({ parallel: true, acks: "first" }),
      says: /begun while another|acked before its shirt/,
    },
    "he never acks": { answer: dropping({ acks: "never" }), says: /never acked/ },
    "he acks first": { answer: dropping({ acks: "first" }), says: /acked before its shirt is delivered/ },
    "he sleeps in place of sewing": {
      answer: {
        async fanIn({ jobs, readState, deliver }: FanInTools) {
          for await (const job of jobs) {
            await sleep(220);
            await deliver({ number: job.number, ...(await readState()) });
            job.ack();
          }
        },
      },
      says: /not sewn yet/,
    },
  },
};
