import type { FaultyFile } from "../fault.ts";
import { loop, routines, walk } from "./routine.ts";

const refusal = "if (!(await paint(command, step))) break;";

export const v4: readonly FaultyFile[] = [
  {
    file: "v4/src/worker.ts",
    tests: ["v4/test/worker.test.ts"],
    faults: [
      ...loop("v4"),
      ...routines("v4"),
      ...walk("v4", refusal),
      {
        fault: "v4: an older job runs",
        find: "revision < (newest.get(area) ?? 0)",
        put: "revision < 0",
      },
      {
        fault: "v4: a second delivery of the newest command counts as superseded",
        find: "revision < (newest.get(area) ?? 0)",
        put: "revision <= (newest.get(area) ?? 0)",
      },
      {
        fault: "v4: a superseded job is not acked",
        find: "job.ack(); return;",
        put: "return;",
      },
      {
        fault: "v4: a superseded job is not reported",
        find: 'report({ type: "superseded", command: job.command });',
        put: "",
      },
      {
        fault: "v4: a job does not raise its area's newest revision",
        find: "newest.set(area, revision);",
        put: "",
      },
      {
        fault: "v4: nobody is told to stop",
        find: "broadcast({ area, consumerId, revision });",
        put: "",
      },
      {
        fault: "v4: a cancel carries the revision before its command's",
        find: "broadcast({ area, consumerId, revision });",
        put: "broadcast({ area, consumerId, revision: revision - 1 });",
      },
      {
        fault: "v4: a cancel carries no revision",
        find: "broadcast({ area, consumerId, revision });",
        put: "broadcast({ area, consumerId });",
      },
      {
        fault: "v4: a late cancel lowers its area's newest revision",
        find: "Math.max(revision, newest.get(area) ?? 0)",
        put: "revision",
      },
      {
        fault: "v4: a cancel does not raise its area's newest revision",
        find: "newest.set(area, Math.max(revision, newest.get(area) ?? 0));",
        put: "",
      },
      {
        fault: "v4: a cancel stops its own command",
        find: ".revision >= revision",
        put: ".revision > revision",
      },
      {
        fault: "v4: a cancel stops a routine whose command is newer",
        find: "|| routine.job.command.revision >= revision",
        put: "|| routine.job.command.revision === revision",
      },
      {
        fault: "v4: a cancel leaves the older routine to the fence",
        find: "routine.stop.close(); running.delete(area);",
        put: "",
      },
      {
        fault: "v4: a routine that a cancel stopped stays in the map",
        find: "routine.stop.close(); running.delete(area);",
        put: "routine.stop.close();",
      },
      {
        fault: "v4: a job begins anew, whatever has landed of it",
        find: "await resume(command)",
        put: "0",
      },
      {
        fault: "v4: a refused step does not end its routine",
        find: refusal,
        put: "await paint(command, step);",
      },
      {
        fault: "v4: a routine that was refused does not ack its job",
        find: refusal,
        put: "if (!(await paint(command, step))) { job.ack = () => {}; break; }",
      },
    ],
  },
  {
    file: "v4/src/main.ts",
    tests: ["v4/test/main.test.ts"],
    faults: [
      {
        fault: "v4: a node takes one job at a time",
        find: "consume(STAGES.v4.jobs)",
        put: "consume({ ...STAGES.v4.jobs, prefetch: 1 })",
      },
      {
        fault: "v4: a node does not catch up on the cancels that it missed",
        find: "subscribe(STAGES.v4.cancels, newest)",
        put: "subscribe(STAGES.v4.cancels)",
      },
      {
        fault: "v4: a node takes jobs before it hears cancels",
        find: "const cancels = $a(await subscribe($b.v4.cancels, newest)); const jobs = $c(await consume($d.v4.jobs));",
        put: "const jobs = $c(await consume($d.v4.jobs)); const cancels = $a(await subscribe($b.v4.cancels, newest));",
      },
      {
        fault: "v4: jobs that the table never accepted reach the worker",
        find: "admitJobs(await consume(STAGES.v4.jobs))",
        put: "await consume(STAGES.v4.jobs)",
      },
      {
        fault: "v4: cancels of revisions that the table never gave reach the worker",
        find: "admitCancels(await subscribe(STAGES.v4.cancels, newest))",
        put: "await subscribe(STAGES.v4.cancels, newest)",
      },
      { fault: "v4: a node runs no relay", find: 'await relay("v4");', put: "" },
      { fault: "v4: a node paints without the fence", find: "...fence,", put: "" },
    ],
  },
  {
    file: "v4/src/plain/fence.ts",
    tests: ["v4/test/plain.test.ts"],
    faults: [
      {
        fault: "plain fence: a refused step counts as painted",
        find: "rowCount === 1",
        put: "rowCount !== null",
      },
      {
        fault: "plain fence: a soldier walks on after a refused step",
        find: "if (!(await step(order, person))) return person;",
        put: "await step(order, person);",
      },
    ],
  },
  {
    file: "v4/src/plain/outbox.ts",
    tests: ["v4/test/plain.test.ts"],
    faults: [
      {
        fault: "plain outbox: an order is marked as sent before the queue has it",
        find: "await publish(order);",
        put: "void publish(order).catch(console.error);",
      },
    ],
  },
];
