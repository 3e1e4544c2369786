import type { FaultyFile } from "../fault.ts";

const AMQP = "amqp/test/address.test.ts";
const TABLE = "table/test/address.test.ts";
const ENCRYPTION = "table/test/encryption.test.ts";

/** What AMQP_URL and DATABASE_URL mean, and who answers there. */
export const addresses: readonly FaultyFile[] = [
  {
    file: "amqp/src/address.ts",
    tests: [AMQP],
    faults: [
      {
        fault: "the broker gets a password as it is encoded in the URL",
        find: 'password: decode(password, "its password", bad)',
        put: "password",
      },
      {
        fault: "a vhost is decoded twice",
        find: "vhost: encodeURIComponent(vhost)",
        put: "vhost",
      },
      {
        fault: "a slash in a password makes its first half the host, which errors name",
        find: 'if (rest.includes("@"))',
        put: 'if (rest.includes("@@"))',
      },
      {
        fault: "a password that stands in the user is told in errors",
        find: 'if (password === "" && /[:@]/.test(username))',
        put: "if (isSecure && !isSecure)",
      },
      {
        fault: "a comma in a password ends the URL",
        find: "urls.split(/,\\s*(?=amqps?:\\/\\/)/i)",
        put: 'urls.split(",")',
      },
      {
        fault: "a URL without a user is not guest's",
        find: "login ?? [GUEST, GUEST]",
        put: "login ?? []",
      },
      {
        fault: "a broker that is gone without a word is not noticed, since nobody asks",
        find: "heartbeat: HEARTBEAT_S,",
        put: "",
      },
    ],
  },
  {
    file: "table/src/address.ts",
    tests: [TABLE],
    faults: [
      {
        fault: "the database gets a password as it is encoded in the URL",
        find: 'decode(word, "password")',
        put: "word",
      },
      {
        fault: "a slash in a password makes its first half the host of the database",
        find: 'if (authority !== "" && rest.includes("@"))',
        put: 'if (rest.includes("@@"))',
      },
      {
        fault: "a socket is asked for TLS",
        find: "isSocket ? [false] : encryptions(query, bad)",
        put: "encryptions(query, bad)",
      },
    ],
  },
  {
    file: "table/src/encryption.ts",
    tests: [TABLE],
    faults: [
      {
        fault: "sslmode=require does not ask the authority that the URL names",
        find: 'if (mode === "require" && root === undefined) return [unchecked];',
        put: 'if (mode === "require") return [unchecked];',
      },
      {
        fault: "sslmode=verify-full takes a certificate for any host",
        find: 'mode === "verify-full" ? checked :',
        put: 'mode === "allow" ? checked :',
        tests: [TABLE, ENCRYPTION],
      },
      {
        fault: "sslmode=prefer does without encryption where it could have it",
        find: "return [unchecked, false];",
        put: "return [false, unchecked];",
        tests: [TABLE, ENCRYPTION],
      },
    ],
  },
  {
    file: "table/src/table.ts",
    tests: [ENCRYPTION],
    faults: [
      {
        fault: "sslmode=prefer fails where a server has no TLS",
        find: "if (!isAboutEncryption((error as TableError).cause)) break;",
        put: "break;",
      },
    ],
  },
  {
    file: "cluster/src/services/broker-service.ts",
    tests: ["cluster/test/broker-service.test.ts"],
    faults: [
      {
        fault: "the embedded broker of another terminal is told like any other",
        find: 'isEmbedded(rabbit.server) ? " of another terminal, on" : ", which answers on"',
        put: '", which answers on"',
      },
      {
        fault: "a server that is passed by is not named",
        find: 'error.kind === "no-broker" ? OWN :',
        put: 'error.kind !== "closed" ? OWN :',
      },
    ],
  },
  {
    file: "cluster/src/names.ts",
    tests: ["cluster/test/broker-service.test.ts"],
    faults: [
      {
        fault: "each broker is called RabbitMQ",
        find: 'if (product === "RabbitMQ") return',
        put: 'if (product !== "") return',
      },
    ],
  },
  {
    file: "broker/src/testing/real-rabbitmq.ts",
    tests: ["broker/test/real-rabbitmq.test.ts"],
    faults: [
      {
        fault: "tests take each broker for a RabbitMQ",
        find: 'answer.kind === "broker" && answer.product === "RabbitMQ"',
        put: 'answer.kind === "broker"',
      },
    ],
  },
];
