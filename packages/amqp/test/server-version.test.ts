/** A RabbitMQ that is too old is refused when a program connects, in one line. It is the embedded broker, with other words in its mouth. */
import { startBroker } from "@shirts/broker";
import { startPosing } from "@shirts/broker/testing";
import { afterEach, expect, test } from "vitest";
import { AmqpError, connect } from "../src/index.ts";
import { tooOld } from "../src/server-version.ts";
import { failure } from "./brokers.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** The address of a broker that says to be another product, of another version. */
async function posing(product: string, version: string): Promise<string> {
  const broker = await startPosing(product, version);
  closing.push(broker.close);
  return broker.url;
}

test.each(["3.9.29", "2.8.7", "3.9", "3"])(
  "RabbitMQ %s is refused: what it is, and what is needed",
  async (version) => {
    const error = await failure(connect(await posing("RabbitMQ", version)));
    expect(error).toBeInstanceOf(AmqpError);
    expect(error).toMatchObject({ kind: "too-old" });
    expect(error.message).toMatch(
      new RegExp(
        `^broker at 127\\.0\\.0\\.1:\\d+, vhost "/": it is RabbitMQ ${version}, and this needs 3.10 or newer\\.$`,
      ),
    );
  },
);

test.each([
  ["RabbitMQ", "3.10.0"],
  ["RabbitMQ", "3.13.7"],
  ["RabbitMQ", "4.0.1"],
  ["RabbitMQ", "10.1.0"],
  ["LavinMQ", "2.1.0"],
])("%s %s is let in", async (product, version) => {
  const rabbit = await connect(await posing(product, version));
  await rabbit.declareQueue("jobs");
  await rabbit.close();
});

test("a broker of a list that is too old is passed by", async () => {
  const broker = await startBroker();
  closing.push(() => broker.close());
  const rabbit = await connect([await posing("RabbitMQ", "3.9.29"), broker.url]);
  await rabbit.declareQueue("jobs");
  await rabbit.close();
});

test("a version is compared by numbers, and not by letters", () => {
  expect(tooOld({ product: "RabbitMQ", version: "3.9.29" })).toContain("needs 3.10 or newer");
  expect(tooOld({ product: "RabbitMQ", version: "10.0.0" })).toBeUndefined();
});
