import type { FaultyFile } from "../fault.ts";

const RELAY = ["cluster/test/relay.test.ts"];
const ATTEMPTS = ["cluster/test/attempts.test.ts"];

export const relay: readonly FaultyFile[] = [
  {
    file: "cluster/src/president/watch.ts",
    tests: RELAY,
    faults: [
      {
        fault: "copies that nobody takes fill the queue",
        find: "2 ** Math.max(0, seen.copies - copiesThen)",
        put: "1",
      },
      {
        fault: "a sending of another relay counts as quiet",
        find: "then.sendings === seen.sendings &&",
        put: "",
      },
      { fault: "an attempt that began counts as quiet", find: "then.attempts === seen.attempts &&", put: "" },
      {
        fault: "a job that a living node has in hand is sent again",
        find: "&& then.beats === seen.beats",
        put: "",
      },
      {
        fault: "a command whose steps land is sent again",
        find: "before === undefined || then?.landed !== seen.landed",
        put: "before === undefined || then === undefined",
      },
    ],
  },
  {
    file: "cluster/src/president/relay.ts",
    tests: RELAY,
    faults: [
      {
        fault: "each of ten relays sends what all have seen",
        find: "if (await table.claim(seen)) orders.push(seen.command);",
        put: "orders.push(seen.command);",
      },
      {
        fault: "a relay that cannot read the outbox ends",
        find: "return (error as Error).message;",
        put: "throw error;",
      },
      {
        fault: "a relay tells each round that the outbox cannot be read",
        find: "failure !== undefined && failure !== before",
        put: "failure !== undefined",
      },
      {
        fault: "a relay tells only once that the outbox cannot be read, however often it comes back",
        find: "failure = await relay(dependencies, stage, watch);",
        put: "failure = (await relay(dependencies, stage, watch)) ?? failure;",
      },
      {
        fault: "what a relay cannot send is not told",
        find: '{ type: "failed", reason: `revision ${order.revision} was not sent again: ${failure}` }',
        put: '{ type: "sent again", command: order }',
      },
    ],
  },
  {
    file: "cluster/src/rounds.ts",
    tests: ["cluster/test/rounds.test.ts"],
    faults: [
      { fault: "rounds end after the first one", find: "await round();", put: "await round(); return;" },
      {
        fault: "a second stop of rounds fails",
        find: "if (!isStopping) stopping.close();",
        put: "stopping.close();",
      },
      { fault: "a stop does not wait for the round that runs", find: "await routine.wait();", put: "" },
    ],
  },
  {
    file: "cluster/src/node/attempts.ts",
    tests: ATTEMPTS,
    faults: [
      {
        fault: "a job that killed too many nodes is done",
        find: "if (isGivenUp) {",
        put: "if (isGivenUp && kills < 0) {",
      },
      {
        fault: "a job that killed too many nodes is not dead-lettered",
        find: "void deadLetter(reason);",
        put: "",
      },
      {
        fault: "a job that killed a node takes others with it",
        find: "if (kills > 0) await moved.recv();",
        put: "",
      },
      {
        fault: "a walk that is acked counts as a kill",
        find: "job.ack(); this.#takeBack(id);",
        put: "job.ack();",
      },
      {
        fault: "a job with an attempt is never acked",
        find: "job.ack(); this.#takeBack(id);",
        put: "this.#takeBack(id);",
      },
      {
        fault: "a node that ends leaves its walks behind as kills",
        find: "for (const id of [...this.#walks.keys()]) this.#takeBack(id);",
        put: "",
      },
      {
        fault: "a node that ends does not wait until its walks are taken back",
        find: "await Promise.all([this.#takingBack.wait(), this.#beats.stop()]);",
        put: "await this.#beats.stop();",
      },
      {
        fault: "a node does not say that its walks live",
        find: "this.#table.beat(ids)",
        put: "Promise.resolve()",
      },
      {
        fault: "a node's other walks count as kills",
        find: "living: [...this.#walks.keys()]",
        put: "living: []",
      },
      {
        fault: "a node that has ended begins walks",
        find: "if (this.#hasEnded) return; const id",
        put: "const id",
      },
      { fault: "the noted jobs never end", find: "noted.close();", put: "" },
    ],
  },
];
