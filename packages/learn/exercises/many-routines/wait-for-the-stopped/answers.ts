import { type Chan, chan, go, receiving, select, sleep, trySelect, WaitGroup } from "@shirts/chan";
import type { Answers } from "@shirts/learn/answers";
import type { Area, ClusterTools, Job } from "@shirts/story";

async function walk(job: Job, stop: Chan<never>, { steps, pace, paint }: ClusterTools): Promise<void> {
  for (let step = 0; step < steps; step++) {
    await select({ stop: receiving(stop), pace: receiving(pace()) });
    if (trySelect({ stop: receiving(stop) })) break;
    await paint(job.command, step);
  }
  job.ack();
}

type Start = (work: () => Promise<void>) => void;
/** The loop as given; `atEnd` is what the worker does when the queue is closed. */
const ending =
  (start: Start, atEnd: (running: ReadonlyMap<Area, Chan<never>>) => Promise<void>) =>
  async (tools: ClusterTools) => {
    const running = new Map<Area, Chan<never>>();
    for (let open = true; open; ) {
      const it = await select({ job: receiving(tools.jobs), cancel: receiving(tools.cancels) });
      if (!it.ok) open = false;
      else if (it.case === "job") {
        const { value: job } = it;
        const stop = chan<never>();
        running.set(job.command.area, stop);
        start(() => walk(job, stop, tools));
      } else {
        running.get(it.value.area)?.close();
        running.delete(it.value.area);
      }
    }
    await atEnd(running);
  };

export const answers: Answers<typeof import("./given.ts")> = {
  right: {
    "it keeps the promises": {
      worker(tools: ClusterTools) {
        const all: Promise<void>[] = [];
        return ending(
          (work) => void all.push(work()),
          async () => void (await Promise.all(all)),
        )(tools);
      },
    },
    "each routine says done": {
      worker(tools: ClusterTools) {
        const done = chan<true>(10);
        let live = 0;
        return ending(
          (work) => {
            live++;
            go(async () => {
              await work();
              await done.send(true);
            });
          },
          async () => {
            for (; live > 0; live--) await done.recv();
          },
        )(tools);
      },
    },
  },
  wrong: {
    "it sleeps for a second": {
      answer: { worker: ending(go, () => sleep(1000)) },
      says: /not acked yet|waits for the clock/,
    },
    "it sleeps for an hour": {
      answer: { worker: ending(go, () => sleep(20_000)) },
      says: /waits for the clock, not for them/,
    },
    "it waits, and counts nobody": {
      answer: { worker: (tools: ClusterTools) => ending(go, () => new WaitGroup().wait())(tools) },
      says: /GREEN is not acked yet: the process ends/,
    },
    "it waits for those in the map": {
      answer: {
        worker(tools: ClusterTools) {
          const works: Promise<void>[] = [];
          return ending(
            (work) => void works.push(work()),
            async (running) => {
              // GREEN is the last routine, and the only one that may still be in the map.
              if (running.size > 0) await works.at(-1);
            },
          )(tools);
        },
      },
      says: /BLUE is not acked yet/,
    },
    "it stops all at the end": {
      answer: {
        worker(tools: ClusterTools) {
          const routines = new WaitGroup();
          return ending(
            (work) => routines.go(work),
            async (running) => {
              for (const stop of running.values()) stop.close();
              await routines.wait();
            },
          )(tools);
        },
      },
      says: /nobody stopped GREEN, and South America reads/,
    },
    "one after the other": {
      answer: {
        async worker(tools: ClusterTools) {
          for await (const job of tools.jobs) await walk(job, chan(), tools);
        },
      },
      says: /did not hear the cancel/,
    },
    "it waits for ever": {
      answer: {
        worker: ending(go, () =>
          chan<never>()
            .recv()
            .then(() => {}),
        ),
      },
      says: /waits for ever/,
    },
  },
};
