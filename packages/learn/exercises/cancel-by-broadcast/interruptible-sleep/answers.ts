import { after, type RecvChan, receiving, select, sleep, trySelect } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";
import type { Job, Tools } from "@shirts/story";

type Stop = RecvChan<never>;

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "the stop is asked first": {
      async dowork(job: Job, stop: Stop, { steps, pace, paint }: Tools) {
        let isStopped = false;
        for (let step = 0; step < steps && !isStopped; step++) {
          const it = await select({ stop: receiving(stop), pace: receiving(pace()) });
          isStopped = it.case === "stop" || trySelect({ stop: receiving(stop) }) !== undefined;
          if (!isStopped) await paint(job.command, step);
        }
        job.ack();
      },
    },
    "tryRecv has the last word": {
      async dowork(job: Job, stop: Stop, { steps, pace, paint }: Tools) {
        for (let step = 0; step < steps; step++) {
          const time = pace();
          const it = await select({ time: receiving(time), stop: receiving(stop) });
          if (it.case === "stop" || stop.tryRecv()) {
            job.ack();
            return;
          }
          await paint(job.command, step);
        }
        job.ack();
      },
    },
  },
  wrong: {
    "no last word": {
      answer: {
        async dowork(job: Job, stop: Stop, { steps, pace, paint }: Tools) {
          for (let step = 0; step < steps; step++) {
            const it = await select({ stop: receiving(stop), pace: receiving(pace()) });
            if (it.case === "stop") break;
            await paint(job.command, step);
          }
          job.ack();
        },
      },
      says: /tossed a coin, and one step landed after the stop/,
    },
    "Promise.race": {
      answer: {
        async dowork(job: Job, stop: Stop, { steps, pace, paint }: Tools) {
          for (let step = 0; step < steps; step++) {
            await Promise.race([pace().recv(), stop.recv()]);
            if (stop.tryRecv()) break;
            await paint(job.command, step);
          }
          job.ack();
        },
      },
      says: /still waits for the stop: a recv that has lost a race stays at the chan/,
    },
    "it does not ack a stopped job": {
      answer: {
        async dowork(job: Job, stop: Stop, { steps, pace, paint }: Tools) {
          for (let step = 0; step < steps; step++) {
            await select({ stop: receiving(stop), pace: receiving(pace()) });
            if (trySelect({ stop: receiving(stop) })) return;
            await paint(job.command, step);
          }
          job.ack();
        },
      },
      says: /never acked/,
    },
    "it looks before the sleep": {
      answer: {
        async dowork(job: Job, stop: Stop, { steps, pace, paint }: Tools) {
          for (let step = 0; step < steps; step++) {
            if (trySelect({ stop: receiving(stop) })) break;
            await pace().recv();
            await paint(job.command, step);
          }
          job.ack();
        },
      },
      says: /one landed after the stop/,
    },
    "it looks every five milliseconds": {
      answer: {
        async dowork(job: Job, stop: Stop, { steps, paint }: Tools) {
          for (let step = 0; step < steps; step++) {
            for (let ms = 0; ms < 20; ms += 5) {
              await sleep(5);
              if (stop.tryRecv()) return job.ack();
            }
            await paint(job.command, step);
          }
          job.ack();
        },
      },
      says: /ends \d ms later: it slept on/,
    },
    "it waits for the stop only": {
      answer: {
        async dowork(job: Job, stop: Stop, { paint }: Tools) {
          await stop.recv();
          await paint(job.command, 0);
          job.ack();
        },
      },
      says: /without a stop/,
    },
    "it paints no step": {
      answer: {
        async dowork(job: Job, stop: Stop, { steps, pace }: Tools) {
          for (let step = 0; step < steps; step++) {
            await select({ stop: receiving(stop), pace: receiving(pace()) });
            if (trySelect({ stop: receiving(stop) })) break;
          }
          job.ack();
        },
      },
      says: /all ten steps/,
    },
    "one pace for all steps": {
      answer: {
        async dowork(job: Job, stop: Stop, { steps, paint }: Tools) {
          const all = after(steps * 20);
          await select({ stop: receiving(stop), all: receiving(all) });
          if (!trySelect({ stop: receiving(stop) }))
            for (let step = 0; step < steps; step++) await paint(job.command, step);
          job.ack();
        },
      },
      says: /only 0 of 2 steps/,
    },
  },
};
