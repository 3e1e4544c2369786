import type { FaultyFile } from "../fault.ts";

/** What the exercises' judges stand on: a broker of their own, and a word for a deadlock. */
export const learnExercises: readonly FaultyFile[] = [
  {
    file: "learn/exercises/rabbitmq/queue.ts",
    tests: ["learn/test/rabbitmq.test.ts", "learn/test/answers.test.ts"],
    faults: [
      {
        fault: "the judge's queue knows no prefetch",
        find: "({ inHand, prefetch }) => inHand.size < prefetch",
        put: "({ inHand }) => inHand.size < 1000",
      },
      {
        fault: "the judge's queue forgets what a dead consumer had in hand",
        find: "this.#putBack([...consumer.inHand]);",
        put: "",
      },
      {
        fault: "the judge's queue gives everything to its first consumer",
        find: "this.#consumers = [...this.#consumers.filter((it) => it !== consumer), consumer];",
        put: "",
      },
      {
        fault: "the judge's queue takes a second ack",
        find: "isSettled = true;",
        put: "",
      },
      {
        fault: "the judge's queue marks nothing as redelivered",
        find: "message.redelivered = true;",
        put: "",
      },
    ],
  },
  {
    file: "learn/exercises/rabbitmq/fanout.ts",
    tests: ["learn/test/rabbitmq.test.ts", "learn/test/answers.test.ts"],
    faults: [
      {
        fault: "all queues of the judge's exchange are one",
        find: "const key = name ?? `amq.gen-${++this.#unnamed}`;",
        put: 'const key = name ?? "one"; void this.#unnamed;',
      },
    ],
  },
  {
    file: "learn/src/tried.ts",
    tests: ["learn/test/rabbitmq.test.ts", "learn/test/answers.test.ts"],
    faults: [
      {
        fault: "an exercise has no word for a deadlock",
        find: "if (asleep !== undefined && error instanceof DeadlockError)",
        put: "if (asleep === undefined && error instanceof DeadlockError)",
      },
    ],
  },
];
