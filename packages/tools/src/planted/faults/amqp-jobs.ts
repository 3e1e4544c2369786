import type { FaultyFile } from "../fault.ts";

const JOBS = "amqp/test/jobs.test.ts";
const RECONNECT = "amqp/test/reconnect.test.ts";
const DEAD = "amqp/test/dead-letter-queue.test.ts";
const TIMEOUT = "amqp/test/consumer-timeout.test.ts";

export const amqpJobs: readonly FaultyFile[] = [
  {
    file: "amqp/src/consume.ts",
    tests: [JOBS, RECONNECT],
    faults: [
      {
        fault: "the broker delivers as many jobs as it likes",
        find: "await amqpChannel.prefetch(this.#options.prefetch);",
        put: "",
      },
      {
        fault: "any prefetch is taken",
        find: "if (!Number.isInteger(prefetch) || prefetch < 1 || prefetch > 65_535)",
        put: "if (prefetch === null)",
      },
      {
        fault: "jobs that nobody had received stay when their connection is lost, and come twice",
        find: "this.#acks.unacked = 0; this.#takeBack();",
        put: "this.#acks.unacked = 0;",
      },
      {
        fault: "deliveries of a lost connection count as unacked for ever",
        find: "this.#acks.unacked = 0; this.#takeBack();",
        put: "this.#takeBack();",
      },
      {
        fault: "a consumption that is over keeps its AMQP channel when its connection is lost",
        find: "if (this.#isStopping) void this.#release();",
        put: "",
      },
      {
        fault: "a consumer that the broker took away stays away",
        find: "this.#persistent?.renew(cancelled(this.#acks.unacked));",
        put: ";",
      },
      {
        fault: "a consumer asks for no timeout of its own",
        find: 'return { arguments: { "x-consumer-timeout": consumerTimeoutMs } };',
        put: "return {};",
        tests: [TIMEOUT],
      },
      {
        fault: "a consumer of a classic queue asks for a timeout",
        find: "if (consumerTimeoutMs === undefined || !isQuorum(amqpChannel, queue)) return {};",
        put: "if (consumerTimeoutMs === undefined) return {};",
        tests: [TIMEOUT],
      },
      {
        fault: "the line about a cancelled consumer is silent about the job that it held",
        find: "this.#persistent?.renew(cancelled(this.#acks.unacked));",
        put: "this.#persistent?.renew(cancelled(0));",
        tests: [TIMEOUT],
      },
      {
        fault: "stop keeps what nobody has received",
        find: "this.#takeBack(); this.jobs.close();",
        put: "this.jobs.close();",
      },
      {
        fault: "stop does not close the chan",
        find: "this.#takeBack(); this.jobs.close();",
        put: "this.#takeBack();",
      },
      {
        fault: "the broker delivers to a consumption that was stopped",
        find: "if (amqpChannel) await settledWithin(amqpChannel.cancel(this.#consumerTag), CANCEL_MS);",
        put: "",
      },
      {
        fault: "stop takes the running jobs away",
        find: "if (this.#acks.unacked === 0) await this.#release();",
        put: "await this.#release();",
      },
      {
        fault: "the last ack leaves the AMQP channel open",
        find: "if (this.#hasStopped) void this.#release();",
        put: "",
      },
      {
        fault: "a consumption that has nothing to ack leaves its AMQP channel open when it is stopped",
        find: "if (this.#acks.unacked === 0) await this.#release();",
        put: "",
      },
      {
        fault: "a malformed message is neither acked nor dead-lettered",
        find: "void delivery.refuse(error instanceof Error ? error.message : String(error));",
        put: "",
      },
      {
        fault: "a job that was received is given back by stop",
        find: "while (this.#unreceived.length > this.jobs.len) this.#unreceived.shift();",
        put: "",
        also: [{ find: ".slice(-this.jobs.len || Number.POSITIVE_INFINITY)", put: "" }],
      },
      {
        fault: "the dead-letter queue is not declared with its queue",
        find: "if (hasDeadLetterQueue(this.#queueOptions)) await this.#declareDeadLetterQueue(amqpChannel, model);",
        put: "",
        tests: [DEAD],
      },
      {
        fault: "a dead-letter queue that cannot be declared is not tried again",
        find: "if (isWanted()) this.#supervisor.failed(this, error as AmqpError); return true;",
        put: "if (isWanted()) this.#supervisor.failed(this, error as AmqpError); return false;",
        tests: [DEAD],
      },
    ],
  },
  {
    file: "amqp/src/deliveries.ts",
    tests: [JOBS, RECONNECT],
    faults: [
      {
        fault: "an ack over a new AMQP channel acks another job",
        find: "if (this.amqpChannel !== amqpChannel) return false;",
        put: "amqpChannel = this.amqpChannel ?? amqpChannel;",
        tests: [RECONNECT],
      },
      {
        fault: "an ack that was dropped is told as sent",
        find: "if (this.amqpChannel !== amqpChannel) return false;",
        put: "if (this.amqpChannel !== amqpChannel) return true;",
        tests: [RECONNECT],
      },
      { fault: "a second ack is sent", find: "if (this.isSettled) return this.wasAcked;", put: "" },
      {
        fault: "a job that is settled is given back as well",
        find: 'if (this.isSettled) return; this.isSettled = true; this.tracker.send(this.amqpChannel, this.message, "nack");',
        put: 'this.isSettled = true; this.tracker.send(this.amqpChannel, this.message, "nack");',
      },
      {
        fault: "what is given back is acked",
        find: 'this.message, "nack");',
        put: 'this.message, "ack");',
      },
      {
        fault: "an ack inside decode is sent",
        find: 'if (!this.isDecoded) throw new Error("ack inside decode: a job is acked when its work is done");',
        put: "",
      },
      {
        fault: "a dead letter's original is acked before its copy is safe",
        find: 'await this.#hooks.deadLetter(message, reason); this.send(amqpChannel, message, "ack");',
        put: 'this.send(amqpChannel, message, "ack"); await this.#hooks.deadLetter(message, reason);',
        tests: [RECONNECT, JOBS],
      },
      {
        fault: "a dead letter's original is never acked",
        find: 'await this.#hooks.deadLetter(message, reason); this.send(amqpChannel, message, "ack");',
        put: "await this.#hooks.deadLetter(message, reason);",
      },
      {
        fault: "a dead letter that failed is not tried again",
        find: "this.#hooks.failed(error); return true;",
        put: "this.#hooks.failed(error); return false;",
        tests: ["amqp/test/nack.test.ts"],
      },
      {
        fault: "a job that the broker has back is dead-lettered",
        find: "if (this.amqpChannel !== amqpChannel) return; await",
        put: "await",
        tests: ["amqp/test/nack.test.ts"],
      },
      {
        fault: "nobody is told that a message is dead-lettered",
        find: "this.#hooks.deadLettered(reason);",
        put: "",
      },
      {
        fault: "an ack on an AMQP channel that closes throws",
        find: "if (!(error instanceof IllegalOperationError)) throw error;",
        put: "throw error;",
        tests: ["amqp/test/deliveries.test.ts"],
      },
      {
        fault: "the last ack is not noticed",
        find: "if (--this.unacked === 0) this.#hooks.allSettled();",
        put: "this.unacked--;",
      },
    ],
  },
  {
    file: "amqp/src/dead-letter.ts",
    tests: [JOBS, DEAD],
    faults: [
      {
        fault: "a dead letter for which there is no queue fails",
        find: 'if (!(error instanceof AmqpError) || error.kind !== "unroutable") throw error;',
        put: "throw error;",
      },
      {
        fault: "a dead letter that reached no queue counts as safe",
        find: "body: content, isMandatory: true, headers",
        put: "body: content, isMandatory: false, headers",
      },
      { fault: "a dead letter does not say why", find: '"x-reason": shortened(reason),', put: "" },
      { fault: "a reason of any length goes into the header", find: "shortened(reason)", put: "reason" },
    ],
  },
];
