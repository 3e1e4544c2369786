import type { FaultyFile } from "../fault.ts";
import { loop, walk } from "./routine.ts";

export const v2: readonly FaultyFile[] = [
  {
    file: "v2/src/worker.ts",
    tests: ["v2/test/worker.test.ts"],
    faults: [
      ...loop("v2"),
      ...walk("v2", "await paint(command, step);"),
      {
        fault: "v2: nobody is told to stop",
        find: "broadcast({ area, consumerId });",
        put: "",
      },
      {
        fault: "v2: a cancel does not name its sender",
        find: "broadcast({ area, consumerId });",
        put: 'broadcast({ area, consumerId: "" });',
      },
      { fault: "v2: a worker obeys its own cancel", find: "cancel.consumerId === consumerId ||", put: "" },
      {
        fault: "v2: a cancel stops the routine of any area",
        find: "cancel.area !== running?.job.command.area",
        put: "running === undefined",
      },
      {
        fault: "v2: a second cancel closes the stop again",
        find: "if (!running.stop.tryRecv()) running.stop.close();",
        put: "running.stop.close();",
      },
      {
        fault: "v2: a cancel stops nobody",
        find: "if (!running.stop.tryRecv()) running.stop.close();",
        put: "",
      },
      {
        fault: "v2: a worker takes a job while its routine runs",
        find: "open && !running && receiving(jobs)",
        put: "open && receiving(jobs)",
      },
      {
        fault: "v2: a worker does not drain",
        find: "open || running;",
        put: "open;",
        // Its loop takes no jobs while a routine runs, so it would see only then that there are no more.
        also: [{ find: "open && !running && receiving(jobs)", put: "open && receiving(jobs)" }],
      },
      { fault: "v2: the end of a routine is not noticed", find: "running = undefined;", put: "" },
    ],
  },
  {
    file: "v2/src/main.ts",
    tests: ["v2/test/main.test.ts"],
    faults: [
      {
        fault: "v2: a node takes three jobs at once",
        find: "consume(STAGES.v2.jobs)",
        put: "consume({ ...STAGES.v2.jobs, prefetch: 3 })",
      },
      {
        fault: "v2: a node takes jobs before it hears cancels",
        find: "const cancels = await subscribe(STAGES.v2.cancels); const jobs = await consume(STAGES.v2.jobs);",
        put: "const jobs = await consume(STAGES.v2.jobs); const cancels = await subscribe(STAGES.v2.cancels);",
      },
    ],
  },
];
