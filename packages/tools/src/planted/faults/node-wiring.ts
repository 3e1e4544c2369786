import type { FaultyFile } from "../fault.ts";

const processes = ["cluster/test/node-process.test.ts"];

export const nodeWiring: readonly FaultyFile[] = [
  {
    file: "cluster/src/node/node.ts",
    tests: ["cluster/test/node.test.ts"],
    faults: [
      {
        fault: "what a node catches up on names no world, and is dropped as another world's",
        find: 'consumerId: "the table", world: world.id',
        put: 'consumerId: "the table"',
      },
      {
        fault: "what a node catches up on names no revision",
        find: "area, revision, consumerId",
        put: "area, consumerId",
      },
      {
        fault: "a node does not ask what it missed",
        find: "...(catchUp && { onResubscribe: catchUp })",
        put: "...{}",
      },
      {
        fault: "admission asks no table about jobs",
        find: "attempts.note(admitJobs(jobs, table, report))",
        put: "attempts.note(jobs)",
      },
      {
        fault: "admission asks no table about cancels",
        find: "cancels: admitCancels(cancels.cancels, table, report, tell)",
        put: "",
      },
      {
        fault: "a step that landed stale is reported as a good one",
        find: 'report({ type: "painted", command, step, stale });',
        put: 'report({ type: "painted", command, step, stale: false });',
      },
      {
        fault: "a fenced step asks no fence",
        find: "await table.paintFenced(command, step, stroke);",
        put: '(await table.paint(command, step, stroke)) ? "painted" : "refused";',
      },
      {
        fault: "a refused step is not reported",
        find: 'if (outcome === "refused") report({ type: "refused", command, step });',
        put: "",
      },
      {
        fault: "the worker does not learn that its step was refused",
        find: 'return outcome !== "refused";',
        put: "return true;",
      },
      {
        fault: "a step that had landed before ends the walk",
        find: 'return outcome !== "refused";',
        put: 'return outcome === "painted";',
      },
      {
        fault: "a step that had landed before is reported as painted",
        find: 'if (outcome === "painted") report',
        put: 'if (outcome !== "refused") report',
      },
      {
        fault: "a node does not know where an unfinished job goes on",
        find: "table.resume(command, steps)",
        put: "Promise.resolve(0)",
      },
      {
        fault: "no attempt is noted, and a job kills one node after the other",
        find: "attempts.note(admitJobs(jobs, table, report))",
        put: "admitJobs(jobs, table, report)",
      },
      {
        fault: "a job that killed a node goes alone to its end",
        find: 'if (outcome !== "refused") attempts.landed(command);',
        put: "",
      },
      {
        fault: "a node that was told to end sends lost jobs again",
        find: "await shutdown.add(() => relay.stop());",
        put: "",
      },
      { fault: "a step takes no time", find: "after(paceMs)", put: "after(0)" },
      {
        fault: "a node that takes jobs has not met its world",
        find: "await world.meet(); if (shutdown.hasBegun)",
        put: "if (shutdown.hasBegun)",
      },
      {
        fault: "a node that hears cancels has not met its world",
        find: "await world.meet(); const subscription",
        put: "const subscription",
      },
      {
        fault: "a node that was told to end asks for jobs",
        find: "if (shutdown.hasBegun) return noJobs();",
        put: "",
      },
      { fault: "a node that is told to end takes more jobs", find: "await shutdown.add(stop);", put: "" },
      {
        fault: "a node that was told to end says that it is ready",
        find: 'if (!shutdown.hasBegun) report({ type: "ready" });',
        put: 'report({ type: "ready" });',
      },
      {
        fault: "jobs of other worlds pass the node",
        find: "return jobsOfWorld(jobs, world, report);",
        put: "return jobs;",
      },
      {
        fault: "cancels of other worlds pass the node",
        find: "cancelsOfWorld(subscription.chan, world, report)",
        put: "subscription.chan",
      },
      {
        fault: "a node consumes with another prefetch than its stage's",
        find: "rabbit.consume(queue, { prefetch,",
        put: "rabbit.consume(queue, { prefetch: 1,",
      },
      { fault: "a node declares its queue of another type", find: "queue: { type },", put: "" },
      {
        fault: "a worker is not named by its own cancel queue",
        find: "consumerId: subscription.name",
        put: 'consumerId: "worker"',
      },
      {
        fault: "a cancel that was heard is not reported",
        find: 'report({ type: "cancel received", cancel });',
        put: "",
      },
      {
        fault: "a cancel that was sent is not reported",
        find: 'report({ type: "cancel sent", cancel });',
        put: "",
      },
      {
        fault: "a cancel does not name its sender's world",
        find: "encodeCancel({ ...cancel, world: world.id })",
        put: "encodeCancel({ ...cancel })",
      },
      {
        fault: "a failed broadcast is not told",
        find: '(error) => report({ type: "cancel lost", cancel, reason: explain(error) })',
        put: "() => {}",
      },
    ],
  },
  {
    file: "cluster/src/node/shutdown.ts",
    tests: ["cluster/test/shutdown.test.ts"],
    faults: [
      {
        fault: "what begins to take jobs after the shutdown goes on",
        find: "if (this.#hasBegun) await stop();",
        put: "",
      },
      {
        fault: "a shutdown stops nothing",
        find: "await Promise.all(this.#stops.map((stop) => stop()));",
        put: "",
      },
      { fault: "a shutdown does not know that it has begun", find: "this.#hasBegun = true;", put: "" },
    ],
  },
  {
    file: "cluster/src/node/run-node.ts",
    tests: processes,
    faults: [
      {
        fault: "SIGTERM ends a node in the middle of its job",
        find: "void shutdown.begin();",
        put: "process.exit(0);",
        title: "v1: on SIGTERM the job that runs",
      },
      {
        fault: "a node that drains hears no second SIGTERM",
        find: 'process.once("SIGTERM", () => leave(143)); setTimeout',
        put: 'process.on("SIGTERM", () => {}); setTimeout',
        title: "v1: on a second SIGTERM",
      },
      {
        fault: "a node drains without an end",
        find: "setTimeout(() => leave(143), settings.drainMs).unref();",
        put: "",
        title: "v1: a job that is longer than the drain time",
      },
      {
        fault: "SIGTERM is heard only when the node has started",
        find: 'const shutdown = new Shutdown(); process.once("SIGTERM", () => {',
        put: 'const shutdown = new Shutdown(); setTimeout(() => process.once("SIGTERM", () => {',
        also: [{ find: "void shutdown.begin(); });", put: "void shutdown.begin(); }), 600_000).unref();" }],
        title: "v1: on SIGTERM while it starts",
      },
      {
        fault: "a dead-lettered job is not told",
        find: 'report({ type: "dead-lettered", queue, reason });',
        put: "",
        title: "v1: a job for an area where nobody lives",
      },
    ],
  },
];
