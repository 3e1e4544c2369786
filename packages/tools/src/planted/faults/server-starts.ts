import type { FaultyFile } from "../fault.ts";

const CHROOT = "servers/test/chroot.test.ts";
const PORT = "servers/test/port-at-start.test.ts";

/** A server that cannot be started: what is in the way, and what a person can do. */
export const serverStarts: readonly FaultyFile[] = [
  {
    file: "servers/src/choose.ts",
    tests: [CHROOT],
    faults: [
      {
        fault: "whoever is not root is sent into the newer folder",
        find: "if (userInfo().uid !== 0)",
        put: "if (userInfo().uid === -1)",
      },
      {
        fault: "a chroot that is not allowed is told as a broken folder",
        find: 'const NO_CHROOT = "(125)";',
        put: 'const NO_CHROOT = "(1)";',
      },
    ],
  },
  {
    file: "servers/src/postgres-process.ts",
    tests: [PORT],
    faults: [
      {
        fault: "a PostgreSQL whose port was taken while it started is started again and again",
        find: "if (error instanceof PortTakenError || performance.now() > end)",
        put: "if (performance.now() > end)",
        title: "the port of 'PostgreSQL' that another program takes after",
      },
    ],
  },
  {
    file: "servers/src/rabbitmq.ts",
    tests: [PORT],
    faults: [
      {
        fault: "a RabbitMQ takes whoever listens on its port mapper's port for that",
        find: 'await expectFree("RabbitMQ", port); const family',
        put: "const family",
        title: "epmd",
      },
      {
        fault: "a RabbitMQ that does not say which ports it takes shows its log",
        find: "ports: [port, distributionPort]",
        put: "ports: []",
        title: "the port of 'RabbitMQ' that another program takes after",
      },
    ],
  },
  {
    file: "servers/src/managed.ts",
    tests: [PORT],
    faults: [
      {
        fault: "a server whose port was taken while it started shows its log",
        find: "await expectFree(name, ...ports); throw error;",
        put: "throw error;",
        title: "the port of 'Redis' that another program takes after",
      },
    ],
  },
];
