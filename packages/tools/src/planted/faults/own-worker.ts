import type { FaultyFile } from "../fault.ts";

/** Workers that were never in the house: how they are found, judged and ended. */
export const ownWorker: readonly FaultyFile[] = [
  {
    file: "command-line/src/own/hooks.ts",
    tests: ["sim/test/own-errors.test.ts"],
    faults: [
      {
        tests: ["sim/test/newcomer.test.ts"],
        fault: "a file that a worker imports is CommonJS where no package.json says otherwise",
        title: "its modules are ES modules",
        find: "if (url === undefined) return next(specifier, context);",
        put: "if (url !== it.own) return next(specifier, context);",
      },
      {
        fault: "a worker may import any package of the house",
        title: "as a process, a file",
        find: "if (KNOWN.has(specifier)) return specifier;",
        put: "return specifier;",
      },
      {
        fault: "a worker may import a clock",
        title: "as a process, a file",
        find: "if (!it.isFree && CLOCKS.test(specifier))",
        put: 'if (specifier === "")',
      },
      {
        tests: ["fence/test/check/check-fence.test.ts"],
        fault: "what a table imports has to be installed where it lies",
        title: "copied",
        find: "return next(specifier, inHouse).catch(() => {",
        put: "return next(specifier, context).catch(() => {",
      },
      {
        tests: ["fence/test/check/check-fence.test.ts"],
        fault: "a file that a table names by its path is looked for in the house",
        title: "pathless",
        find: "if (it.isFree && !PATH.test(specifier))",
        put: "if (it.isFree && url === undefined)",
      },
    ],
  },
  {
    file: "command-line/src/program-args.ts",
    tests: ["demo/test/own-worker.test.ts"],
    faults: [
      {
        fault: "a node process runs the stage's own worker, whatever file is named",
        title: "run the file",
        find: "if (worker !== undefined) {",
        put: 'if (worker === "") {',
      },
    ],
  },
  {
    file: "sim/src/own-worker.ts",
    tests: ["sim/test/own-errors.test.ts"],
    faults: [
      {
        fault: "an ack before the last step is no matter",
        title: "acks each job",
        tests: ["sim/test/judge-worker.test.ts"],
        find: 'if (count === 0 && (type === "painted" || type === "refused"))',
        put: 'if (count < 0 && (type === "painted" || type === "refused"))',
      },
      {
        fault: "whatever a file exports as worker is taken",
        find: 'if (typeof worker !== "function")',
        put: "if (worker === undefined)",
      },
      {
        fault: "a promise that rejects, and that nobody awaits, is nobody's",
        title: "rejects",
        tests: ["sim/test/guests.test.ts"],
        find: "isOwn: true,",
        put: "isOwn: false,",
      },
      {
        fault: "a law of one's own may take the place of one of ours",
        find: "if (name in ACK_LAST || lawNames.some((known) => known === name))",
        put: "if (name in ACK_LAST)",
      },
    ],
  },
  {
    file: "sim/src/judge-worker.ts",
    tests: ["sim/test/judge-worker.test.ts"],
    faults: [
      {
        fault: "a worker is judged by stories without faults only",
        find: "{ shape: TROUBLE, seeds: 1000 },",
        put: "",
      },
      {
        fault: "a worker that keeps state beside itself is judged like others",
        find: "if (differs) return differs;",
        put: "",
      },
      {
        fault: "a story that the stage itself loses counts against a worker",
        find: "const measure = { beside, bounds: NEAR, tries: TRIES };",
        put: "const measure = { bounds: NEAR, tries: TRIES };",
      },
      {
        fault: "a story without an end is played for a thousand seconds",
        find: "virtualMs: 5_000,",
        put: "virtualMs: 1_000_000,",
      },
    ],
  },
  {
    file: "sim/src/find.ts",
    tests: ["sim/test/guests.test.ts"],
    faults: [
      {
        fault: "of a worker that panics one hears what came of it, not that it panicked",
        title: "before it returns",
        find: 'return counted.find((name) => name === "the loop never panics or deadlocks") ?? counted[0];',
        put: "return counted[0];",
      },
    ],
  },
  {
    file: "sim/src/laws.ts",
    tests: ["sim/test/own-errors.test.ts"],
    faults: [
      {
        fault: "a law that gives no sentence holds",
        find: 'if (sentence === undefined || typeof sentence === "string") return sentence;',
        put: 'return typeof sentence === "string" ? sentence : undefined;',
      },
    ],
  },
  {
    file: "sim/src/cli/watch.ts",
    tests: ["sim/test/guests.test.ts"],
    faults: [
      {
        fault: "a hang is told, and not after which event",
        title: "a loop without an await",
        find: "if (trace.length > 0) write(",
        put: "if (trace.length < 0) write(",
      },
    ],
  },
  {
    file: "sim/src/cli/watched.ts",
    tests: ["sim/test/guests.test.ts"],
    faults: [
      {
        fault: "a worker has a real clock",
        title: "a real timer",
        find: "Object.assign(globalThis, { [name]: forbidden(name, why) });",
        put: "forbidden(name, why);",
      },
    ],
  },
  {
    file: "sim/src/cli/new-worker/main.ts",
    tests: ["sim/test/newcomer.test.ts"],
    faults: [
      {
        fault: "new-worker writes over what is there",
        title: "overwrites nothing",
        find: "if (existsSync(folder)) throw",
        put: 'if (folder === "") throw',
      },
    ],
  },
];
