/**
 * The contract: the same laws run on the embedded broker and on a real RabbitMQ, and both must send the same, word for
 * word. The real one is named by AMQP_URL or listens on 127.0.0.1:5672. Without one its half is skipped by name, or
 * fails with REQUIRE_SERVICES=1.
 */
import { afterAll, describe, expect, test } from "vitest";
import { type RunningBroker, startBroker } from "../src/index.ts";
import { laws } from "./contract/laws.ts";
import { isListening } from "./support/is-listening.ts";
import type { Law } from "./support/law.ts";
import { Sandbox } from "./support/sandbox.ts";

const bugs: unknown[] = [];
const embedded: RunningBroker = await startBroker({ onBug: (error) => bugs.push(error) });
afterAll(() => embedded.close());

const real = await findReal();

/** The port of a real RabbitMQ on this machine. */
async function findReal(): Promise<number | undefined> {
  const url = process.env.AMQP_URL;
  if (url) {
    const { hostname, port } = new URL(url);
    if (!["127.0.0.1", "localhost"].includes(hostname))
      throw new Error(`AMQP_URL must be on this machine, not ${hostname}`);
    return Number(port || 5672);
  }
  return (await isListening(5672)) ? 5672 : undefined;
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
function runAll(port: number): void {
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
      ofGroup.forEach(({ title, expected }, index) => {
        test(title, { timeout: 30_000 }, async () => {
          expect(await outcomes[index]).toEqual({ lines: expected });
        });
      });
    });
  }
}

describe("the embedded broker", () => {
  // All laws have closed their connections by then, so every error that is not a protocol error was noted.
  afterAll(() => expect(bugs).toEqual([]));
  runAll(embedded.port);
});

describe("a real RabbitMQ", () => {
  if (real !== undefined) {
    runAll(real);
  } else if (process.env.REQUIRE_SERVICES === "1") {
    test("a real RabbitMQ must be there (REQUIRE_SERVICES=1)", () => {
      expect.unreachable("no real RabbitMQ: set AMQP_URL or start one on 127.0.0.1:5672");
    });
  } else {
    test.skip("no real RabbitMQ: set AMQP_URL or start one on 127.0.0.1:5672", () => {});
  }
});
