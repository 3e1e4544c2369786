import type { FaultyFile } from "../fault.ts";

const RECONNECT = "amqp/test/reconnect.test.ts";
const FAILOVER = "amqp/test/failover.test.ts";
const BAD = "amqp/test/bad-input.test.ts";

export const amqpConnections: readonly FaultyFile[] = [
  {
    file: "amqp/src/server-version.ts",
    tests: ["amqp/test/server-version.test.ts"],
    faults: [
      {
        fault: "a RabbitMQ that is too old is let in",
        find: "return isOld ?",
        put: "return major < 0 ?",
      },
      {
        fault: "a broker of another product is judged by RabbitMQ's numbers",
        find: 'if (product !== "RabbitMQ") return undefined;',
        put: "",
      },
    ],
  },
  {
    file: "amqp/src/amqp-channels.ts",
    tests: [RECONNECT],
    faults: [
      {
        fault: "an AMQP channel that the broker closed is not opened again",
        find: "this.#listener.failed(why); const model",
        put: "return; const model",
        tests: [RECONNECT, "amqp/test/publish.test.ts"],
      },
      {
        fault: "a refusal at the very first opening is tried for ever",
        find: "if (!this.#wasReady) {",
        put: "if (this.#isClosed) {",
        tests: [BAD],
      },
      {
        fault: "an AMQP channel that comes back late belongs to nobody and stays open",
        find: "if (this.#isClosed) return void (await settledWithin(amqpChannel.close(), CLOSE_MS));",
        put: "",
        tests: ["amqp/test/amqp-channels.test.ts"],
      },
      {
        fault: "the pauses between openings do not grow back to the first one",
        find: "this.isSetUp = true; this.#attempt = 0;",
        put: "this.isSetUp = true;",
        tests: ["amqp/test/amqp-channels.test.ts"],
      },
      {
        fault: "a connection without a free AMQP channel leaves its consumer closed for ever",
        find: "if (amqpChannel === undefined && isOutOfChannels(error)) this.#again(error as Error);",
        put: "",
        tests: [RECONNECT, "amqp/test/jobs.test.ts"],
      },
    ],
  },
  {
    file: "amqp/src/connection.ts",
    tests: [RECONNECT],
    faults: [
      { fault: "a lost connection does not come back", find: "this.#comeBack(0);", put: "" },
      {
        fault: "a connection that could not come back once never does",
        find: "this.#comeBack(attempt + 1);",
        put: "",
      },
      {
        fault: "a lost connection is asked for at the same address for ever",
        find: "this.#hooks.failed(unreachable(this.address, error)); this.#addressIndex++;",
        put: "this.#hooks.failed(unreachable(this.address, error));",
        tests: [FAILOVER],
      },
      {
        fault: "the first connection asks the first address only",
        find: "failures.push(unreachable(this.address, error)); this.#addressIndex++;",
        put: "failures.push(unreachable(this.address, error));",
        tests: [FAILOVER],
      },
      {
        fault: "a connection that dies while it is set up hangs",
        find: "await Promise.race([this.#hooks.setUp(model), dead]); if (death) throw death;",
        put: "await this.#hooks.setUp(model);",
      },
      {
        fault: "close leaves the socket of a silent broker",
        find: "this.#dead]), ms); destroySocket(model);",
        put: "this.#dead]), ms);",
      },
      {
        fault: "close does not end an attempt to reconnect",
        find: "this.#isClosing = true; clearTimeout(this.#timer);",
        put: "",
      },
      {
        fault: "close waits for the answer of a connection that dies",
        find: "Promise.race([model.close(), this.#dead])",
        put: "model.close()",
      },
    ],
  },
  {
    file: "amqp/src/supervisor.ts",
    tests: [RECONNECT],
    faults: [
      {
        fault: "connected is told before every consumption is back",
        find: "for (const { isSetUp } of this.#persistent) if (!isSetUp) return;",
        put: "",
      },
      {
        fault: "a lost connection's AMQP channels are not opened on the next one",
        find: "await Promise.all([...this.#persistent].map((persistent) => persistent.openOn(model)));",
        put: "void model;",
      },
      {
        fault: "a question that lost its connection is not asked again",
        find: "await retry(attempt, { pauses: LOST_PAUSES, again })",
        put: "await retry(attempt, { pauses: LOST_PAUSES, again: () => false })",
      },
      {
        fault: "a question to a silent broker has no end",
        find: "waiter<ChannelModel | undefined>(ms)",
        put: "waiter<ChannelModel | undefined>(600_000)",
      },
      {
        fault: "close ends no consumption in order",
        find: "await settledWithin(Promise.all([...this.#persistent].map(({ plan }) => plan.stop?.())), ms);",
        put: "",
        tests: ["amqp/test/jobs.test.ts", "amqp/test/fan-out.test.ts"],
      },
      {
        fault: "the acks in a buffer are lost when the program ends",
        find: "await settledWithin(Promise.all([...this.#persistent].map((persistent) => persistent.close())), left());",
        put: "",
        tests: ["amqp/test/jobs.test.ts", RECONNECT],
      },
    ],
  },
  {
    file: "amqp/src/topology.ts",
    tests: ["amqp/test/jobs.test.ts"],
    faults: [
      {
        fault: "a queue does not survive a restart of the broker",
        find: 'durable: true, ...(isQuorum(amqpChannel, options) && { arguments: { "x-queue-type": "quorum", "x-delivery-limit": deliveryLimit',
        put: 'durable: false, ...(isQuorum(amqpChannel, options) && { arguments: { "x-queue-type": "quorum", "x-delivery-limit": deliveryLimit',
        tests: [BAD, "amqp/test/jobs.test.ts"],
      },
      {
        fault: "what the broker gives up on has no way to the dead-letter queue",
        find: 'deadLetterExchange: "", deadLetterRoutingKey: deadLetterQueue(queue)',
        put: 'deadLetterExchange: ""',
        tests: ["amqp/test/dead-letter-queue.test.ts", "amqp/test/jobs.test.ts"],
      },
      {
        fault: "a lock is anybody's",
        find: "exclusive: true, durable: false",
        put: "durable: false",
        tests: [BAD],
      },
      {
        fault: "a lock is not taken again after a lost connection",
        find: "if (this.#names.has(name)) await this.#amqpChannels.withAmqpChannel(what, setUp); else await this.#amqpChannels.keepAmqpChannel(what, { create: (model) => model.createChannel(), setUp });",
        put: "await this.#amqpChannels.withAmqpChannel(what, setUp);",
        tests: [RECONNECT],
      },
    ],
  },
];
