import type { FaultyFile } from "../fault.ts";

const VERSIONS = "servers/test/versions.test.ts";
const NEWER = "servers/test/newer.test.ts";
const GATE = "tools/test/gate.test.ts";

/** What starts the servers, and what counts the tests on them. */
export const servers: readonly FaultyFile[] = [
  {
    file: "servers/src/choose.ts",
    tests: [VERSIONS],
    faults: [
      {
        fault: "a version is compared by letters: 3.1 would be 3.10",
        find: "`${version}.`.startsWith(`${wanted}.`)",
        put: "version.startsWith(wanted)",
      },
      {
        fault: "a server that is older than the tests have seen is started",
        find: 'if (version !== "" && isTooOld(at.name, version))',
        put: 'if (version === "?")',
      },
      {
        fault: "a version that is too old may be asked for",
        find: "|| isTooOld(name, version)",
        put: "",
      },
      {
        fault: "a server of the newer folder is started although nobody asked for a version",
        find: "const own = all.find(({ root }) => root === undefined);",
        put: "const own = all.at(-1);",
      },
    ],
  },
  {
    file: "servers/src/managed.ts",
    tests: [NEWER],
    faults: [
      {
        fault: "servers that were starting outlive their command",
        find: 'for (const pid of living) signalGroup(pid, "SIGKILL");',
        put: "",
        title: "when it gets SIGTERM while they start",
      },
      {
        fault: "a PostgreSQL whose port is taken is waited for",
        find: "await expectFree(name, ...ports); this.#start();",
        put: "this.#start();",
        title: "is one line, and PostgreSQL is not waited for",
      },
    ],
  },
  {
    file: "servers/src/ports.ts",
    tests: ["servers/test/services.test.ts"],
    faults: [
      {
        fault: "a port of a server is given to others while it starts",
        find: "return await listen(port);",
        put: "return await listen(0);",
        title: "none that the system gives to others",
      },
    ],
  },
  {
    file: "servers/src/rabbitmq.ts",
    tests: ["servers/test/taken-port.test.ts"],
    faults: [
      {
        fault: "a RabbitMQ serves when any other one answers on its port",
        find: "said.includes(`${id}@`) ?",
        put: "id !== undefined ?",
      },
    ],
  },
  {
    file: "servers/src/redis.ts",
    tests: ["servers/test/redis.test.ts"],
    faults: [
      {
        fault: "a Redis loses in a kill what it has answered",
        find: '"--appendonly", "yes"',
        put: '"--appendonly", "no"',
        title: "keeps what it has answered over a kill",
      },
    ],
  },
  {
    file: "command-line/src/freeze.ts",
    tests: ["command-line/test/freeze.test.ts"],
    faults: [
      {
        fault: "a frozen process stays frozen when its parent is killed",
        find: 'process.kill(pid, "SIGCONT")',
        put: "process.kill(pid, 0)",
        title: "wakes up, and ends",
      },
    ],
  },
  {
    file: "table/src/table.ts",
    tests: ["table/test/gone.test.ts"],
    faults: [
      {
        fault: "a connection that is cut while it is in use ends the program",
        find: 'client.on("error", () => {});',
        put: "",
      },
    ],
  },
  {
    file: "tools/src/gate/gate.ts",
    tests: [GATE],
    faults: [
      {
        fault: "the last line forgets what the first half has counted",
        find: "gate.before ?? { counts: ZERO }",
        put: "{ counts: ZERO }",
      },
      {
        fault: "the gate forgets to say once more what failed",
        find: 'if (told !== "") gate.print',
        put: 'if (told === " ") gate.print',
      },
      {
        fault: "a check is good whatever it says",
        find: "(check.says?.test(result.output) ?? true)",
        put: "true",
      },
    ],
  },
  {
    file: "tools/src/gate/failures.ts",
    tests: ["tools/test/failures.test.ts"],
    faults: [
      {
        fault: "a file that cannot be loaded is told by nobody",
        find: "[failure(file, message)]",
        put: "[]",
      },
    ],
  },
  {
    file: "tools/src/gate/half.ts",
    tests: [GATE],
    faults: [
      {
        fault: "a half that left no count has failed in nothing",
        find: "{ passed: 0, failed: 1, skipped: 0 }",
        put: "{ passed: 0, failed: 0, skipped: 0 }",
      },
    ],
  },
  {
    file: "tools/src/built/build-programs.ts",
    tests: ["tools/test/built.test.ts"],
    faults: [
      {
        fault: "a program that needs a whole toolchain is built",
        find: "(?!tools\\/|theatre\\/)",
        put: "(?!tools\\/)",
      },
    ],
  },
  {
    file: "storm/src/main.ts",
    tests: ["storm/test/early-end.test.ts"],
    faults: [
      {
        fault: "a storm that an error ends says nothing of it",
        find: "failure = error;",
        put: "void error;",
      },
      {
        fault: "a storm that an error ends forgets what it has played",
        find: "failure = error;",
        put: "throw error;",
      },
    ],
  },
  {
    file: "servers/src/choose.ts",
    tests: ["servers/test/versions.test.ts"],
    faults: [
      {
        fault: "a server is started although there shall be none",
        find: 'process.env.SHIRTS_SERVERS === "none"',
        put: 'process.env.SHIRTS_SERVERS === "nothing"',
      },
    ],
  },
  {
    file: "tools/src/gate/short.ts",
    tests: ["tools/test/short.test.ts"],
    faults: [
      {
        fault: "CI leaves out what a short run leaves out",
        find: "isFull(env) || !isWhole",
        put: "!isWhole",
      },
      { fault: "who names a package does not get all of its tests", find: " || !isWhole", put: "" },
      {
        fault: "a short run takes its own numbers before those that were given",
        find: "env[name] === undefined",
        put: "true",
      },
    ],
  },
  {
    file: "tools/src/gate/how-far.ts",
    tests: ["tools/test/how-far.test.ts"],
    faults: [
      {
        fault: "the gate says of each file how far it is",
        find: "now - this.#told < EVERY_MS",
        put: "now < this.#told",
      },
      {
        fault: "the gate names the file that began last",
        find: "const [longest] = this.#running;",
        put: "const longest = [...this.#running].at(-1);",
      },
    ],
  },
];
