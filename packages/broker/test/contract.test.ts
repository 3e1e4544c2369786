/**
 * The contract: the same laws are played on the embedded broker and on a real RabbitMQ, and both must say the same,
 * word for word. The real one is AMQP_URL, or whoever listens on 127.0.0.1:5672; without one its half is skipped by
 * name, and is a failure when REQUIRE_SERVICES=1.
 */
import { connect } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { type RunningBroker, startBroker } from "../src/index.ts";
import { laws } from "./contract/laws.ts";
import { Stage } from "./support/stage.ts";

const bugs: unknown[] = [];
const embedded: RunningBroker = await startBroker({ onBug: (error) => bugs.push(error) });
afterAll(() => embedded.close());

const real = await findReal();

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

/** The port of a real RabbitMQ on this machine. */
async function findReal(): Promise<number | undefined> {
  const url = process.env.AMQP_URL;
  if (url) return Number(new URL(url).port || 5672);
  return (await answers(5672)) ? 5672 : undefined;
}

function play(port: number): void {
  for (const [group, ofGroup] of Object.entries(laws)) {
    describe.concurrent(group, () => {
      for (const { title, play: playLaw, expected } of ofGroup) {
        test(title, { timeout: 20_000 }, async ({ expect: expectHere }) => {
          const stage = new Stage(port);
          try {
            expectHere(await playLaw(stage)).toEqual(expected);
          } finally {
            await stage.end();
          }
        });
      }
    });
  }
}

describe("the embedded broker", () => {
  play(embedded.port);

  test("no law meets a bug in the broker", () => {
    expect(bugs).toEqual([]);
  });
});

describe("a real RabbitMQ", () => {
  if (real !== undefined) {
    play(real);
  } else if (process.env.REQUIRE_SERVICES === "1") {
    test("a real RabbitMQ must be there (REQUIRE_SERVICES=1)", () => {
      expect.unreachable("no real RabbitMQ: set AMQP_URL or start one on 127.0.0.1:5672");
    });
  } else {
    test.skip("no real RabbitMQ: set AMQP_URL or start one on 127.0.0.1:5672", () => {});
  }
});
