/**
 * The contract: the same laws run on the embedded broker and on a real RabbitMQ, and both must send the same, word for
 * word. The real one is named by AMQP_URL, or listens on 127.0.0.1:5672 and is of a version that the contract was recorded on;
 * the embedded one of another terminal is none.
 * Without a real one its half is skipped by name, or fails with REQUIRE_SERVICES=1. With RECORD_CONTRACT=1 the real one's version and checks are noted in proved.json.
 */
import { afterAll, describe, expect, test } from "vitest";
import { type RunningBroker, startBroker } from "../src/index.ts";
import { findRealRabbitMq } from "../src/testing/index.ts";
import { laws } from "./contract/laws.ts";
import { expectedOf, type Law } from "./support/law.ts";
import { readProved, recordProved } from "./support/proved.ts";
import { RawClient } from "./support/raw-client.ts";
import { Sandbox } from "./support/sandbox.ts";

const bugs: unknown[] = [];
const embedded: RunningBroker = await startBroker({ onBug: (error) => bugs.push(error) });
afterAll(() => embedded.close());

const found = await findRealRabbitMq();
const real = found.url === undefined ? undefined : portOf(found.url);

/** The version that a broker names when a client connects. */
async function versionOf(port: number): Promise<string> {
  const client = await RawClient.connect(port);
  const { method } = client.received[0] ?? {};
  await client.close();
  return method?.name === "connection.start"
    ? String(method.args.serverProperties.get("version")?.value)
    : "";
}

/** The port of a broker on this machine: the first one, when AMQP_URL names several. */
function portOf(urls: string): number {
  const { hostname, port } = new URL(urls.replace(/,.*/, ""));
  if (!["127.0.0.1", "localhost"].includes(hostname))
    throw new Error(`AMQP_URL must be on this machine, not ${hostname}`);
  return Number(port || 5672);
}

/** How many laws run side by side: most wait for the broker, some for its timers. */
const LANES = 24;

type Outcome = { readonly lines: readonly string[] } | { readonly error: unknown };

async function runOne(port: number, law: Law): Promise<Outcome> {
  const sandbox = new Sandbox(port);
  try {
    return { lines: await law.run(sandbox) };
  } catch (error) {
    return { error };
  } finally {
    await sandbox.end();
  }
}

/** Starts all laws on one broker. Each test then checks the outcome of its own law. */
async function runAll(port: number, passed: Record<string, number> = {}): Promise<string> {
  const version = await versionOf(port);
  const lanes: Promise<unknown>[] = new Array(LANES).fill(Promise.resolve());
  let next = 0;
  for (const [group, ofGroup] of Object.entries(laws)) {
    const outcomes = ofGroup.map((law) => {
      const lane = next++ % LANES;
      const outcome = (lanes[lane] as Promise<unknown>)
        .then(() => runOne(port, law))
        .catch((error) => ({ error }));
      lanes[lane] = outcome;
      return outcome as Promise<Outcome>;
    });
    describe(group, () => {
      ofGroup.forEach((law, index) => {
        test(law.title, { timeout: 30_000 }, async () => {
          const outcome = await outcomes[index];
          expect(outcome).toEqual({ lines: expectedOf(law, version) });
          // planted: the answer of the other RabbitMQ does not pass.
          if (law.older)
            expect(outcome).not.toEqual({ lines: expectedOf(law, version.startsWith("3.") ? "4.0" : "3.0") });
          passed[group] = (passed[group] ?? 0) + 1;
        });
      });
    });
  }
  return version;
}

describe("the embedded broker", async () => {
  // All laws have closed their connections by then, so every error that is not a protocol error was noted.
  afterAll(() => expect(bugs).toEqual([]));
  await runAll(embedded.port);
});

/** Why a RabbitMQ that nobody has named is no party to the contract: each minor version may answer in its own way. */
async function strangerAt(port: number): Promise<string | undefined> {
  if (process.env.AMQP_URL) return undefined;
  const version = await versionOf(port);
  const minor = version.replace(/\.\d+$/, "");
  const known = Object.keys(readProved()).map((it) => it.replace(/\.\d+$/, ""));
  if (known.includes(minor)) return undefined;
  return `RabbitMQ ${version} on port ${port}; the contract knows ${known.join(" and ")} (AMQP_URL names it all the same)`;
}

describe("a real RabbitMQ", async () => {
  const stranger = real === undefined ? undefined : await strangerAt(real);
  if (stranger !== undefined) {
    test.skip(stranger, () => {});
  } else if (real !== undefined) {
    const passed: Record<string, number> = {};
    const version = await runAll(real, passed);
    if (process.env.RECORD_CONTRACT === "1") afterAll(() => recordProved(version, passed));
  } else if (process.env.REQUIRE_SERVICES === "1") {
    test("a real RabbitMQ must be there (REQUIRE_SERVICES=1)", () => {
      expect.unreachable(found.missing);
    });
  } else {
    test.skip(`no real RabbitMQ: ${found.missing}`, () => {});
  }
});
