/** Faults for the real workers, one at a time: each must be noticed by the simulator (`pnpm sim --mutants`). */
import type { Patch } from "../planter/plant.ts";

export const mutants: readonly Patch[] = [
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
];
