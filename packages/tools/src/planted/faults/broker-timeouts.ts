import type { FaultyFile } from "../fault.ts";

const OWN = "broker/test/consumer-timeouts.test.ts";
const CONTRACT = "broker/test/contract.test.ts";

export const brokerTimeouts: readonly FaultyFile[] = [
  {
    file: "broker/src/session/amqp-channel.ts",
    tests: [OWN, CONTRACT],
    faults: [
      {
        fault: "a consumer that held a job too long gets it again",
        find: "this.consumerCancelled(consumer); queue.removeConsumer(consumer);",
        put: "this.consumerCancelled(consumer);",
      },
      {
        fault: "a consumer that held a job too long is not told",
        find: "this.consumerCancelled(consumer); queue.removeConsumer(consumer);",
        put: "queue.removeConsumer(consumer);",
      },
      {
        fault: "a job that was held too long counts as failed",
        find: 'queue.requeue([entry], "returned");',
        put: 'queue.requeue([entry], "failed");',
        tests: [CONTRACT],
      },
      {
        fault: "a client without a consumer hears nothing of a job that it held too long",
        find: "if (!queue.isGone && !consumer?.isLate) this.connection.failAmqpChannel(this.id, lateError(this.id, timeoutMs));",
        put: "",
        tests: [CONTRACT],
      },
      {
        fault: "the jobs of a deleted queue are late, too",
        find: "if (!queue.isGone && !consumer?.isLate)",
        put: "if (!consumer?.isLate)",
      },
      {
        fault: "a classic queue has a consumer timeout, too",
        find: "if (queue.settings.isQuorum) this.#timeouts",
        put: "this.#timeouts",
      },
      {
        fault: "the queue's consumer timeout counts before the consumer's",
        find: "consumer?.timeoutMs ?? queue.settings.consumerTimeoutMs",
        put: "queue.settings.consumerTimeoutMs ?? consumer?.timeoutMs",
        tests: [CONTRACT],
      },
      {
        fault: "an ack that comes too late is a mistake of the client",
        find: "if (!isThere && !this.#timeouts.takeLate(tag))",
        put: "if (!isThere)",
        tests: [CONTRACT],
      },
    ],
  },
  {
    file: "broker/src/session/ack-timeouts.ts",
    tests: [OWN, CONTRACT],
    faults: [
      {
        fault: "a time that is too long for a timer of Node is over at once",
        find: "setTimeout(late, Math.min(timeoutMs, TIMER_MAX_MS))",
        put: "setTimeout(late, timeoutMs)",
        tests: [OWN],
      },
      {
        fault: "a job that was acked in time is late all the same",
        find: "clearTimeout(this.#timers.get(tag)); this.#timers.delete(tag);",
        put: "this.#timers.delete(tag);",
        tests: [OWN],
      },
      {
        fault: "a job is late after its AMQP channel has ended",
        find: "for (const timer of this.#timers.values()) clearTimeout(timer);",
        put: "",
        tests: [OWN],
      },
    ],
  },
];
