/** Faults for the real workers, one at a time: each must be noticed by the simulator (`pnpm sim --mutants`). */
import type { Patch } from "../planter/plant.ts";

export interface Mutant extends Patch {
  /** The pace of every node. Missing: as the seed says. With 0 a routine is never idle: its pace is over when it asks. */
  readonly paceMs?: number;
}

export const mutants: readonly Mutant[] = [
  {
    name: "the job is never acked",
    from: "v1",
    edits: [{ region: "dowork", find: "$job.ack();", put: "" }],
  },
  {
    name: "the job is acked before the work",
    from: "v1",
    edits: [
      {
        region: "worker",
        find: "await dowork($job, $tools);",
        put: `
          $job.ack();
          await dowork({ ...$job, ack() {} }, $tools);`,
      },
    ],
  },
  {
    name: "the last step is left out",
    from: "v1",
    edits: [{ region: "dowork", find: "$step < $steps;", put: "$step < $steps - 1;" }],
  },
  {
    name: "a cancel is compared by the wrong field",
    from: "v2",
    edits: [
      {
        region: "cancel",
        find: "$cancel.consumerId === $consumerId",
        put: "$cancel.area === $consumerId",
      },
    ],
  },
  {
    name: "the end of a routine is not noticed",
    from: "v2",
    edits: [{ region: "loop", find: "$running = undefined;", put: "" }],
  },
  {
    name: "a second cancel closes the stop again",
    from: "v2",
    edits: [{ region: "cancel", find: "if (!$running.stop.tryRecv())", put: "" }],
  },
  {
    name: "it does not drain",
    from: "v2",
    edits: [
      { region: "loop", find: "$open || $running;", put: "$open;" },
      // Its loop takes no jobs while a routine runs, so it would see only then that there are no more, and drain all the same.
      {
        region: "loop",
        find: "job: $open && !$running && receiving($jobs)",
        put: "job: $open && receiving($jobs)",
      },
    ],
  },
  {
    name: "the stop has not the last word",
    from: "v2",
    paceMs: 0,
    edits: [
      {
        region: "dowork",
        find: "await select({ stop: receiving($stop), pace: receiving($pace()) });",
        put: "const it = await select({ stop: receiving($stop), pace: receiving($pace()) });",
      },
      { region: "dowork", find: "trySelect({ stop: receiving($stop) })", put: 'it.case === "stop"' },
    ],
  },
  {
    name: "it does not wait for stopped routines",
    from: "v3",
    edits: [{ region: "drain", find: "await $routines.wait();", put: "" }],
  },
  {
    name: "the stop is ignored",
    from: "v3",
    edits: [{ region: "dowork", find: "trySelect({ stop: receiving($stop) })", put: "false" }],
  },
  {
    name: "nobody is told to stop",
    from: "v3",
    edits: [{ region: "job", find: "$broadcast({ area: $area, consumerId: $consumerId });", put: "" }],
  },
  {
    name: "the entry is deleted by area only",
    from: "v3",
    edits: [{ region: "done", find: "if ($running.get($area) === $routine)", put: "" }],
  },
  {
    name: "a stopped routine stays in the map",
    from: "v3",
    edits: [{ region: "cancel", find: "$running.delete($cancel.area);", put: "" }],
  },
  {
    name: "a stopped job is not acked",
    from: "v3",
    edits: [{ region: "dowork", find: "break;", put: "return;" }],
  },
  {
    name: "a cancel stops its own command",
    from: "v4",
    edits: [{ region: "cancel", find: ".revision >= $revision", put: ".revision > $revision" }],
  },
  {
    name: "a superseded job is not acked",
    from: "v4",
    edits: [{ region: "job", find: "$job.ack(); return;", put: "return;" }],
  },
  {
    name: "an older job counts as newer",
    from: "v4",
    edits: [{ region: "job", find: "$revision < ($newest.get($area) ?? 0)", put: "$revision < 0" }],
  },
  {
    name: "a second delivery is dropped as superseded, unacked",
    from: "v4",
    edits: [
      {
        region: "job",
        find: "if ($revision < ($newest.get($area) ?? 0)) {",
        put: `
          if ($revision === $newest.get($area)) return;
          if ($revision < ($newest.get($area) ?? 0)) {`,
      },
    ],
  },
  {
    name: "a job that is done is not acked",
    from: "v4",
    edits: [{ region: "dowork", find: "$job.ack();", put: "" }],
  },
  {
    name: "done is never sent",
    from: "v4",
    edits: [{ region: "end", find: "done: sending($done, $routine)", put: "done: false" }],
  },
  {
    name: "a late cancel makes the newest older again",
    from: "v4",
    edits: [
      {
        region: "cancel",
        find: "Math.max($revision, $newest.get($area) ?? 0)",
        put: "$revision",
      },
    ],
  },
  {
    name: "a cancel carries the revision before",
    from: "v4",
    edits: [
      {
        region: "job",
        find: "$broadcast({ area: $area, consumerId: $consumerId, revision: $revision });",
        put: "$broadcast({ area: $area, consumerId: $consumerId, revision: -1 + $revision });",
      },
    ],
  },
  {
    name: "the entry is deleted by area only",
    from: "v4",
    edits: [{ region: "done", find: "if ($running.get($area) === $routine)", put: "" }],
  },
  {
    name: "it does not wait for stopped routines",
    from: "v4",
    edits: [{ region: "drain", find: "await $routines.wait();", put: "" }],
  },
];
