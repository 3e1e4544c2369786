import type { FaultyFile } from "../fault.ts";
import { loop, routines, walk } from "./routine.ts";

export const v3: readonly FaultyFile[] = [
  {
    file: "v3/src/worker.ts",
    tests: ["v3/test/worker.test.ts"],
    faults: [
      ...loop("v3"),
      ...routines("v3"),
      ...walk("v3", "await paint(command, step);"),
      { fault: "v3: nobody is told to stop", find: "broadcast({ area, consumerId });", put: "" },
      {
        fault: "v3: a worker obeys its own cancel",
        find: "if (cancel.consumerId === consumerId) return;",
        put: "",
      },
      {
        fault: "v3: a cancel stops nobody",
        find: "running.get(cancel.area)?.stop.close(); running.delete(cancel.area);",
        put: "",
      },
      {
        fault: "v3: a cancel stops the routines of all areas",
        find: "running.get(cancel.area)?.stop.close(); running.delete(cancel.area);",
        put: "for (const routine of running.values()) routine.stop.close(); running.clear();",
      },
      {
        fault: "v3: a routine that a cancel stopped stays in the map",
        find: "running.delete(cancel.area);",
        put: "",
      },
    ],
  },
  {
    file: "v3/src/main.ts",
    tests: ["v3/test/main.test.ts"],
    faults: [
      {
        fault: "v3: a node takes one job at a time",
        find: "consume(STAGES.v3.jobs)",
        put: "consume({ ...STAGES.v3.jobs, prefetch: 1 })",
      },
      {
        fault: "v3: a node takes jobs before it hears cancels",
        find: "const cancels = await subscribe(STAGES.v3.cancels); const jobs = await consume(STAGES.v3.jobs);",
        put: "const jobs = await consume(STAGES.v3.jobs); const cancels = await subscribe(STAGES.v3.cancels);",
      },
    ],
  },
];
