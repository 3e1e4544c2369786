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
      {
        fault: "an exercise takes every bound for a loop without an end",
        find: 'error instanceof BoundError && (error.bound === "busy" || error.bound === "timers")',
        put: "error instanceof BoundError",
        tests: ["learn/test/tried.test.ts"],
      },
      {
        fault: "an exercise knows a loop without an end by its words",
        find: 'error instanceof BoundError && (error.bound === "busy" || error.bound === "timers")',
        put: "/never waits|not ended/.test(String(error))",
        tests: ["learn/test/tried.test.ts"],
      },
    ],
  },
  {
    file: "learn/src/ending.ts",
    tests: ["learn/test/ending.test.ts"],
    faults: [
      {
        fault: "a program's end knows a bound by its words",
        find: 'error instanceof BoundError && error.bound === "timers"',
        put: "/not ended/.test(String(error))",
      },
      {
        fault: "a program's end takes every bound for a loop that never waits",
        find: 'error instanceof BoundError && error.bound === "busy"',
        put: "error instanceof BoundError",
      },
    ],
  },
];
