import type { FaultyFile } from "../fault.ts";

export const v1: readonly FaultyFile[] = [
  {
    file: "v1/src/worker.ts",
    tests: ["v1/test/worker.test.ts"],
    faults: [
      { fault: "v1: a job is never acked", find: "job.ack();", put: "" },
      {
        fault: "v1: a job is acked before its first step",
        find: "for (let step = 0;",
        put: "job.ack(); for (let step = 0;",
      },
      {
        fault: "v1: a job is acked while its last step is on its way",
        find: "await paint(",
        put: "void paint(",
      },
      { fault: "v1: the first step is left out", find: "let step = 0;", put: "let step = 1;" },
      { fault: "v1: the last step is left out", find: "step < steps;", put: "step < steps - 1;" },
      { fault: "v1: jobs are done side by side", find: "await dowork(", put: "void dowork(" },
      { fault: "v1: a step does not wait for its pace", find: "await pace().recv();", put: "" },
    ],
  },
  {
    file: "v1/src/main.ts",
    tests: ["v1/test/main.test.ts"],
    faults: [
      {
        fault: "v1: a node takes three jobs at once",
        find: "consume(STAGES.v1.jobs)",
        put: "consume({ ...STAGES.v1.jobs, prefetch: 3 })",
      },
      { fault: "v1: a node works on v2's queue", find: "STAGES.v1.jobs", put: "STAGES.v2.jobs" },
    ],
  },
];
