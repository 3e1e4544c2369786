import type { FaultyFile } from "../fault.ts";

export const node: readonly FaultyFile[] = [
  {
    file: "cluster/src/node/admission.ts",
    tests: ["cluster/test/admission.test.ts"],
    faults: [
      {
        fault: "a job that the table never accepted is admitted",
        find: "(await table.accepted(command)) ? undefined : neverAccepted(command)",
        put: "undefined",
      },
      {
        fault: "a job of another world is admitted",
        find: "(job) => world.refuses(job.command)",
        put: "async () => undefined",
      },
      {
        fault: "jobs overtake each other while the table is asked",
        find: "const reason = await refuses(value); if (reason === undefined) await admitted.send(value); else drop(value, reason);",
        put: "go(async () => { const reason = await refuses(value); if (reason === undefined) await admitted.send(value); else drop(value, reason); });",
        also: [{ find: "admitted.close();", put: "" }],
      },
      { fault: "a rejected job is not dead-lettered", find: "void job.deadLetter(reason);", put: "" },
      {
        fault: "the jobs behind a rejected one wait until it is dead-lettered",
        find: "void job.deadLetter(reason);",
        put: "return job.deadLetter(reason);",
        also: [{ find: "else drop(value, reason);", put: "else await drop(value, reason);" }],
      },
      {
        fault: "a rejected job is not reported",
        find: 'report({ type: "rejected", command: job.command, reason });',
        put: "",
      },
      { fault: "the admitted jobs never end", find: "admitted.close();", put: "" },
      {
        fault: "a cancel of a revision that the table never gave is admitted",
        find: "return isAbove(cancel) ? neverGiven(cancel) : undefined;",
        put: "return undefined;",
      },
      {
        fault: "the table is asked for each cancel",
        find: "if (isAbove(cancel)) await ask();",
        put: "await ask();",
      },
      { fault: "the table is not asked about a cancel", find: "if (isAbove(cancel)) await ask();", put: "" },
      {
        fault: "while the table does not answer cancels are dropped",
        find: "await after(PAUSE_MS).recv();",
        put: "return;",
      },
      {
        fault: "nobody is told that cancels wait for the table",
        find: "tell(`cancels wait, because the revisions cannot be read from the table: ${(error as Error).message}`);",
        put: "",
      },
      {
        fault: "a cancel of another world is admitted",
        find: 'world.isForeign(cancel) ? "it is of another world" : undefined',
        put: "undefined",
      },
      {
        fault: "a dropped cancel is not reported",
        find: 'report({ type: "cancel dropped", cancel, reason });',
        put: "undefined;",
      },
    ],
  },
  {
    file: "cluster/src/node/job.ts",
    tests: ["cluster/test/job.test.ts"],
    faults: [
      { fault: "a second ack is sent and told again", find: "if (acked) return;", put: "" },
      {
        fault: "an ack that was dropped is told as an ack",
        find: 'delivery.ack() ? "acked" : "ack dropped"',
        put: 'delivery.ack() ? "acked" : "acked"',
      },
      { fault: "an ack does not reach the broker", find: "delivery.ack() ?", put: "true ?" },
      {
        fault: "a delivery is not reported",
        find: 'report({ type: "delivered", command, redelivered: delivery.redelivered });',
        put: "",
      },
      {
        fault: "a redelivered job looks like a new one",
        find: "return { command, redelivered: delivery.redelivered,",
        put: "return { command, redelivered: false,",
      },
      {
        fault: "a job cannot be dead-lettered",
        find: "delivery.deadLetter(reason)",
        put: "Promise.resolve()",
      },
    ],
  },
  {
    file: "cluster/src/node/node-world.ts",
    tests: ["cluster/test/node-world.test.ts"],
    faults: [
      {
        fault: "a node follows its table into a new world",
        find: "this.#id ??= await this.#table.world(); if",
        put: "this.#id = await this.#table.world(); if",
      },
      {
        fault: "a node does jobs of any world",
        find: "if (world !== this.#id) {",
        put: "if (world === null) {",
      },
      {
        fault: "a node whose world is gone dead-letters the new world's jobs",
        find: "if ((await this.#table.world()) !== this.#id) throw new WorldGoneError();",
        put: "",
      },
      {
        fault: "the table is asked for the areas at each job",
        find: "if (this.#areas.has(area)) return undefined; this.#areas = new Set",
        put: "this.#areas = new Set",
      },
      {
        fault: "a job for an area where nobody lives is done",
        find: "if (this.#areas.has(area)) return undefined; return",
        put: "return undefined; return",
      },
      {
        fault: "a node that finds no table does not start",
        find: ".catch(() => undefined)", // the text of the code under test
        put: "",
      },
      {
        fault: "no cancel is of another world",
        find: "return world !== this.#id;",
        put: "return false;",
      },
    ],
  },
  {
    file: "cluster/src/messages.ts",
    tests: ["cluster/test/messages.test.ts"],
    faults: [
      {
        fault: "a job's message does not name its world",
        find: "JSON.stringify({ area, shirt, revision, world })",
        put: "JSON.stringify({ area, shirt, revision })",
      },
      {
        fault: "a cancel's message has no revision",
        find: "consumer_name: consumerId, revision, world",
        put: "consumer_name: consumerId, world",
      },
      {
        fault: "a cancel's revision is not read",
        find: "...(revision !== undefined && { revision })",
        put: "",
      },
      {
        fault: "a cancel's world is not read",
        find: "consumerId: consumer_name, world,",
        put: "consumerId: consumer_name,",
      },
      {
        fault: "a job without a world is taken",
        find: "commandShape.extend({ world: worldShape })",
        put: "commandShape",
      },
      { fault: "a body that is no text is read all the same", find: "fatal: true", put: "fatal: false" },
    ],
  },
];
