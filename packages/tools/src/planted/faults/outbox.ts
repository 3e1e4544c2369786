import type { FaultyFile } from "../fault.ts";

const OUTBOX = "table/test/outbox.test.ts";
const PEOPLE = "table/test/table.test.ts";
const RELAY = ["cluster/test/relay.test.ts"];
const ATTEMPTS = ["cluster/test/attempts.test.ts"];

export const outbox: readonly FaultyFile[] = [
  {
    file: "table/src/outbox-sql.ts",
    tests: [OUTBOX, PEOPLE, "table/test/world.test.ts"],
    faults: [
      {
        fault: "a confirm confirms newer commands too",
        find: "copies = copies + 1 WHERE area = $1::story.area AND revision = $2",
        put: "copies = copies + 1 WHERE area = $1::story.area AND revision >= $2",
      },
      {
        fault: "a confirm confirms older commands too",
        find: "copies = copies + 1 WHERE area = $1::story.area AND revision = $2",
        put: "copies = copies + 1 WHERE area = $1::story.area AND revision <= $2",
      },
      {
        fault: "a confirm confirms the commands of all areas",
        find: "copies = copies + 1 WHERE area = $1::story.area AND revision = $2",
        put: "copies = copies + 1 WHERE revision = $2",
      },
      {
        fault: "a confirm of another world counts",
        find: "copies = copies + 1 WHERE area = $1::story.area AND revision = $2 AND EXISTS (SELECT FROM here)",
        put: "copies = copies + 1 WHERE area = $1::story.area AND revision = $2",
      },
      {
        fault: "a confirmed command stays in the outbox",
        find: "WHERE copies = 0 AND stage = $1",
        put: "WHERE stage = $1",
      },
      {
        fault: "the outbox of a stage has other stages' commands, too",
        find: "WHERE copies = 0 AND stage = $1",
        put: "WHERE copies = 0 AND $1 = $1",
      },
      {
        fault: "the outbox is sent newest first",
        find: "WHERE copies = 0 AND stage = $1 ORDER BY number",
        put: "WHERE copies = 0 AND stage = $1 ORDER BY number DESC",
      },
      {
        fault: "a command counts as finished after its first step",
        find: "bool_or(landed = steps)",
        put: "bool_or(landed > 0)",
      },
      {
        fault: "the steps of two walks together finish a command",
        find: "bool_or(landed = steps)",
        put: "sum(landed) >= min(steps)",
      },
      {
        fault: "the unfinished command of another stage is sent again",
        find: "WHERE stage = $1 AND finished IS NOT TRUE ORDER",
        put: "WHERE $1 = $1 AND finished IS NOT TRUE ORDER",
      },
      {
        fault: "a finished command counts as unfinished",
        find: "WHERE stage = $1 AND finished IS NOT TRUE ORDER",
        put: "WHERE stage = $1 ORDER",
      },
      {
        fault: "a relay watches older commands that are confirmed",
        find: "(copies = 0 OR (revision = highest AND finished IS NOT TRUE))",
        put: "(copies = 0 OR finished IS NOT TRUE)",
      },
      {
        fault: "a relay watches the unconfirmed only",
        find: "(copies = 0 OR (revision = highest AND finished IS NOT TRUE))",
        put: "copies = 0",
      },
      {
        fault: "a command that was given up is sent again",
        find: "AND NOT given_up AND (copies = 0 OR",
        put: "AND (copies = 0 OR",
      },
      {
        fault: "each relay that has seen a command may send it",
        find: "AND sendings = $4 AND NOT given_up",
        put: "AND $4::int >= 0 AND NOT given_up",
      },
      {
        fault: "a command that was given up after it was seen is sent",
        find: "AND sendings = $4 AND NOT given_up",
        put: "AND sendings = $4",
      },
      {
        fault: "a command is never given up, however many nodes it kills",
        find: "given_up = given_up OR kills >= $6",
        put: "given_up = given_up OR kills < $6 - $6",
      },
      {
        fault: "walks in the asking process count as kills",
        find: "AND id <> $4 AND id <> ALL ($7::text[])",
        put: "AND id <> $4 AND ($7::text[] IS NOT NULL)",
      },
      {
        fault: "a kill counts also after a step has landed since",
        find: "FROM story.attempts JOIN progress USING (landed)",
        put: "FROM story.attempts",
      },
      {
        fault: "a question that is asked twice counts its own attempt as a kill",
        find: "AND id <> $4 AND id <> ALL",
        put: "AND id <> ALL",
      },
      {
        fault: "a revived command stays given up",
        find: "SET given_up = false",
        put: "SET given_up = given_up",
      },
      {
        fault: "a revived command still has its kills",
        find: "DELETE FROM story.attempts WHERE area = $1::story.area AND revision = $2 AND EXISTS",
        put: "DELETE FROM story.attempts WHERE area = $1::story.area AND revision < $2 AND EXISTS",
      },
    ],
  },
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
