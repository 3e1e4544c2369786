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
    file: "learn/exercises/rabbitmq/ack-after/exercise.ts",
    tests: ["learn/test/answers.test.ts"],
    faults: [
      {
        fault: "ack-after lets a guess pass that is longer than its paint",
        find: "paintMs: 3 * HOUR_MS",
        put: "paintMs: HOUR_MS / 1000",
        title: "ack-after",
      },
      {
        fault: "ack-after never lets the paint fail, so an ack in a finally passes",
        find: 'paintMs: 100, failsAt: "order 2"',
        put: 'paintMs: 100, diesAt: "order 2"',
        title: "ack-after",
      },
      {
        fault: "ack-after does not see an ack too many whose error is swallowed",
        find: "if (queue.settledTwice !== undefined)",
        put: "if (queue.settledTwice === undefined && prefetch < 0)",
        title: "ack-after",
      },
      {
        fault: "ack-after does not see that an order is painted twice",
        find: "painted.filter((it) => it === order).length > 1",
        put: "painted.filter((it) => it === order).length > ORDERS.length",
        title: "ack-after",
      },
      {
        fault: "ack-after refuses a worker whose process ends with its own error",
        find: "if (!isOver() || error instanceof BoundError) throw error;",
        put: "throw error;",
        title: "ack-after",
      },
    ],
  },
  {
    file: "learn/exercises/support/unhandled.ts",
    tests: ["learn/test/unhandled.test.ts", "learn/test/answers.test.ts"],
    faults: [
      {
        fault: "a rejection that is nobody's death is swallowed",
        find: "if (isDeath()) return;",
        put: "if (isDeath() || promise) return;",
        tests: ["learn/test/unhandled.test.ts"],
      },
    ],
  },
  {
    file: "learn/exercises/select/give-up/exercise.ts",
    tests: ["learn/test/answers.test.ts"],
    faults: [
      {
        fault: "give-up looks only for a moment whether a late answer is taken",
        find: "const AFTERWARDS_MS = 10_000;",
        put: "const AFTERWARDS_MS = 1;",
        title: "give-up",
      },
      {
        fault: "give-up sends one answer only, so whoever takes two passes",
        find: 'await Promise.all([answers.send("painted"), answers.send("too much")]);',
        put: 'await answers.send("painted"); void answers.send("too much");',
        title: "give-up",
      },
      {
        fault: "give-up has no answer between two looks of whoever looks now and then",
        find: "{ ms: 1000, comesAt: 37 }",
        put: "{ ms: 1000, comesAt: 500 }",
        title: "give-up",
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
