import type { FaultyFile } from "../fault.ts";

const ORDERS = "chan/test/explore/orders.test.ts";
const EXPLORE = "chan/test/explore/explore.test.ts";

/** The explorer of programs of chans: it must try every order, count each once, and never be quiet about what it left out. */
export const explore: readonly FaultyFile[] = [
  {
    file: "chan/src/testing/bubble.ts",
    tests: ["chan/test/bound-error.test.ts"],
    faults: [
      {
        fault: "a bubble's bound of timers is any error, so it is known by its words",
        find: 'new BoundError("timers",',
        put: "new Error(",
      },
      {
        fault: "a bubble tells a loop that never waits as one that sleeps",
        find: 'new BoundError("busy",',
        put: 'new BoundError("timers",',
      },
    ],
  },
  {
    file: "chan/src/testing/explore/order.ts",
    tests: [ORDERS, EXPLORE],
    faults: [
      {
        fault: "a select of three ready cases counts one outcome twice",
        find: "if (this.#isTaken || this.#failure !== undefined",
        put: "if (this.#failure !== undefined",
      },
      {
        fault: "a select always takes its first ready case",
        find: "return this.#isTaken ? TAKE : KEEP;",
        put: "return KEEP;",
        tests: [EXPLORE, "chan/test/explore/bugs.test.ts"],
      },
      {
        fault: "an order without an end is any error, so its bound is known by its words",
        find: 'new BoundError("steps",',
        put: "new Error(",
        tests: ["chan/test/bound-error.test.ts"],
      },
      {
        fault: "a routine that is left behind is not noticed",
        find: "if (blocked === 0 && this.#registry.live === 0) return;",
        put: "return;",
      },
      {
        fault: "a routine that is woken is taken for the one that wakes it",
        find: "this.#owners.get(wakes) ?? this.#current",
        put: "this.#current",
        tests: ["chan/test/explore/table.test.ts"],
      },
      {
        fault: "the operations of a routine wait for each other",
        find: "return [...mine, ...others];",
        put: "return mine.length > 0 ? mine : others;",
      },
      {
        fault: "where the bound leaves one way, a replay finds a choice that nobody has written",
        find: "if (this.#isForced) this.#choices.push(0);",
        put: "",
      },
    ],
  },
  {
    file: "chan/src/testing/explore/ways.ts",
    tests: [ORDERS, EXPLORE],
    faults: [
      {
        fault: "a timer that is due waits until no routine can go on",
        find: "...this.#timers.filter(({ dueMs }) => dueMs <= this.nowMs)",
        put: "...this.#timers.filter(({ dueMs }) => this.#ready.length === 0 && dueMs <= this.nowMs)",
      },
      {
        fault: "of timers of one time only the first may fire",
        find: "...this.#timers.filter(({ dueMs }) => dueMs <= this.nowMs)",
        put: "...this.#timers.filter(({ dueMs }) => dueMs <= this.nowMs).slice(0, 1)",
      },
      {
        fault: "the clock moves although a routine can go on",
        find: "if (this.#ready.length === 0) {",
        put: "if (this.#ready.length < 99) {",
      },
    ],
  },
  {
    file: "chan/src/testing/explore/strategies.ts",
    tests: [EXPLORE],
    faults: [
      {
        fault: "other ways than in the run before are taken for the same",
        find: "if (place.text !== text)",
        put: "if (place.text === undefined)",
      },
      {
        fault: "the last way of a choice point is never taken",
        find: "if (place.taken < place.count) return true;",
        put: "if (place.taken < place.count - 1) return true;",
        tests: [ORDERS],
      },
      {
        fault: "pct keeps the priorities of the first order for all",
        find: "this.#priorities.clear();",
        put: "",
      },
      {
        fault: "pct never changes a priority within an order",
        find: "if (this.#changes.length < before)",
        put: "if (this.#changes.length > before)",
      },
      {
        fault: "a replay with choices left over is taken for whole",
        find: "if (this.#isStrict && this.#depth < this.#choices.length)",
        put: "if (this.#isStrict && this.#depth > this.#choices.length)",
      },
      {
        fault: "a replay that wants a way that is not there goes on by itself",
        find: "if (this.#isStrict) throw new DivergedError(`replay wants",
        put: "if (false) throw new DivergedError(`replay wants",
      },
    ],
  },
  {
    file: "chan/src/testing/explore/explore.ts",
    tests: [EXPLORE],
    faults: [
      {
        fault: "all orders are asked for, there are too many, and nothing is said",
        find: '!given.has("orders")',
        put: 'given.has("orders")',
      },
      {
        fault: "orders that were given up are not counted",
        find: "if (end.isCut) this.#cuts++;",
        put: "",
      },
      {
        fault: "the bound of preemptions cuts in silence",
        find: "this.#isBounded ||= end.isBounded;",
        put: "",
      },
      {
        fault: "an order that broke once and not again is told as a counterexample",
        find: "nameOf(again.failure) !== nameOf(found.failure)",
        put: "false",
        also: [{ find: "again.failure === undefined || found.failure === undefined ||", put: "" }],
      },
      {
        fault: "the first order is not played twice",
        find: "await whenRight?.();",
        put: "",
      },
    ],
  },
  {
    file: "chan/src/testing/explore/shrink.ts",
    tests: [EXPLORE, "chan/test/explore/bugs.test.ts"],
    faults: [
      {
        fault: "a counterexample is left as it was found",
        find: "if (breaks(end) && isSmaller(end, best)) best = end;",
        put: "",
        also: [{ find: "if (!breaks(end) || !isSmaller(end, best)) continue;", put: "continue;" }],
      },
      {
        fault: "a smaller order that breaks in another way takes the place of the first",
        find: "end.failure !== undefined && nameOf(end.failure) === name",
        put: "end.failure !== undefined",
      },
    ],
  },
  {
    file: "chan/src/testing/explore/unhandled.ts",
    tests: [EXPLORE],
    faults: [
      {
        fault: "the listeners of the test runner are not put back",
        find: "for (const listener of before) process.on(event, listener);",
        put: "",
      },
    ],
  },
  {
    file: "chan/src/scheduler.ts",
    tests: [ORDERS],
    faults: [
      {
        fault: "only every 4096th operation is a choice",
        find: "ops = next.defer === undefined ? 0 : OPS_PER_LOOK;",
        put: "ops = 0;",
      },
    ],
  },
];
