import { EventEmitter } from "node:events";
import { chan, receiving, select } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "worker">> = {
  right: {
    "chan takes a signal": {
      async worker(jobs, signal, work) {
        try {
          for (;;) {
            const [job, ok] = await jobs.recv({ signal });
            if (!ok) return;
            await work(job);
          }
        } catch (error) {
          if (!signal.aborted) throw error;
        }
      },
    },
    "one listener for each turn, and a finally": {
      async worker(jobs, signal, work) {
        while (!signal.aborted) {
          const stop = chan<never>();
          const halt = (): void => stop.close();
          signal.addEventListener("abort", halt);
          try {
            const it = await select({ job: receiving(jobs), stop: receiving(stop) });
            if (!it.ok) return;
            await work(it.value);
          } finally {
            signal.removeEventListener("abort", halt);
          }
        }
      },
    },
    "a listener that a second signal takes away": {
      async worker(jobs, signal, work) {
        const [stop, over] = [chan<never>(), new AbortController()];
        signal.addEventListener("abort", () => stop.close(), { signal: over.signal });
        while (!signal.aborted) {
          const it = await select({ job: receiving(jobs), stop: receiving(stop) });
          if (!it.ok) break;
          await work(it.value);
        }
        over.abort();
      },
    },
  },
  wrong: {
    "once: it goes away when the event comes, and it never comes": {
      answer: {
        async worker(jobs, signal, work) {
          for (;;) {
            const aborted = new Promise<void>((resolve) =>
              signal.addEventListener("abort", () => resolve(), { once: true }),
            );
            const it = await Promise.race([jobs.recv(), aborted]);
            if (!it?.[1]) return;
            await work(it[0]);
          }
        },
      },
      says: /after 3 jobs the signal had 3 listeners/,
    },
    "one listener, and nobody removes it": {
      answer: {
        async worker(jobs, signal, work) {
          const stop = chan<never>();
          signal.addEventListener("abort", () => stop.close());
          while (!signal.aborted) {
            const it = await select({ job: receiving(jobs), stop: receiving(stop) });
            if (!it.ok) return;
            await work(it.value);
          }
        },
      },
      says: /the worker has ended, and the signal still knows 1 of its listeners/,
    },
    "another function is removed": {
      answer: {
        async worker(jobs, signal, work) {
          const stop = chan<never>();
          signal.addEventListener("abort", () => stop.close());
          while (!signal.aborted) {
            const it = await select({ job: receiving(jobs), stop: receiving(stop) });
            if (!it.ok) break;
            await work(it.value);
          }
          signal.removeEventListener("abort", () => stop.close());
        },
      },
      says: /still knows 1 of its listeners/,
    },
    "one listener, and the race": {
      answer: {
        async worker(jobs, signal, work) {
          let halt = (): void => {};
          const aborted = new Promise<void>((resolve) => {
            halt = resolve;
          });
          signal.addEventListener("abort", halt);
          while (!signal.aborted) {
            const it = await Promise.race([jobs.recv(), aborted]);
            if (!it?.[1]) break;
            await work(it[0]);
          }
          signal.removeEventListener("abort", halt);
        },
      },
      says: /the signal aborted while it waited, and one more job was taken/,
    },
    "an abort that is over is not seen": {
      answer: {
        async worker(jobs, signal, work) {
          const stop = chan<never>();
          const halt = (): void => stop.close();
          signal.addEventListener("abort", halt);
          for (;;) {
            const it = await select({ job: receiving(jobs), stop: receiving(stop) });
            if (!it.ok) break;
            await work(it.value);
            if (signal.aborted) break;
          }
          signal.removeEventListener("abort", halt);
        },
      },
      says: /asleep .*; the signal aborted before it began, and the worker waits still/,
    },
    "no listener: it looks between two jobs": {
      answer: {
        async worker(jobs, signal, work) {
          for await (const job of jobs) {
            if (signal.aborted) return;
            await work(job);
          }
        },
      },
      says: /asleep .*; the signal aborted while it waited/,
    },
    "the limit of listeners is raised": {
      answer: {
        async worker(jobs, signal, work) {
          EventEmitter.setMaxListeners(0, signal);
          for (;;) {
            const aborted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
            const it = await Promise.race([jobs.recv(), aborted]);
            if (!it?.[1]) return;
            await work(it[0]);
          }
        },
      },
      says: /the signal had 3 listeners|asleep/,
    },
  },
};
