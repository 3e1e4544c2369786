/**
 * A job that is held for longer than the consumer timeout allows: RabbitMQ 4.3 and the embedded broker take it back and
 * cancel the consumer. RabbitMQ before 4.3 knows no timeout of a consumer's own, so it is skipped there by name.
 */
import { expect, type TestContext, test } from "vitest";
import { refused } from "../src/errors.ts";
import type { Rabbit } from "../src/index.ts";
import { bytes, decodeJob, failure, next, onEveryBroker, until } from "./brokers.ts";

const QUEUE = { type: "quorum" } as const;
/** Jobs that are held here come back as soon as the broker can. */
const AT_ONCE = { prefetch: 1, decode: decodeJob, queue: QUEUE, consumerTimeoutMs: 1 };

function needsTimeouts({ server }: Rabbit, { skip }: TestContext): void {
  const [major = 0, minor = 0] = server.version.split(".").map(Number);
  if (major < 4 || (major === 4 && minor < 3)) skip(`${server.product} ${server.version} knows none`);
}

onEveryBroker((stage) => {
  test("a job that is held too long comes again, its old ack is dropped, and one line says why", async (context) => {
    const queue = stage.name("jobs");
    const { rabbit, statuses } = await stage.shaky();
    needsTimeouts(rabbit, context);
    const { chan: jobs } = await rabbit.consume(queue, AT_ONCE);
    await rabbit.publish(queue, bytes("one"));
    const held = await next(jobs);
    const { reason, error } = await until(statuses, "failed");
    expect(reason).toMatch(
      /^broker at 127\.0\.0\.1:\d+, vhost "\/": queue "[^"]+" failed: the broker cancelled the consumer: it held a job for longer than consumer_timeout allows, its queue was deleted, or its broker is going down\.$/,
    );
    expect(error?.kind).toBe("failed");
    expect(await next(jobs)).toMatchObject({ body: "one", redelivered: true });
    expect(held.ack()).toBe(false);
  });

  test("what a consumption holds too long, another one may do, also when the first one was told to stop", async (context) => {
    const queue = stage.name("jobs");
    const rabbit = await stage.connect();
    needsTimeouts(rabbit, context);
    const { chan: jobs, stop } = await rabbit.consume(queue, AT_ONCE);
    await rabbit.publish(queue, bytes("one"));
    await next(jobs);
    await stop();
    const other = await stage.connect();
    const { chan: others } = await other.consume(queue, { ...AT_ONCE, consumerTimeoutMs: 3_600_000 });
    const again = await next(others);
    expect(again).toMatchObject({ body: "one", redelivered: true });
    expect(again.ack()).toBe(true);
    await other.close();
    expect(await rabbit.depth(queue)).toMatchObject({ messages: 0 });
  });

  test("an ack that crosses the broker's cancel costs no connection", async (context) => {
    const queue = stage.name("jobs");
    const { rabbit, proxy, statuses } = await stage.shaky();
    needsTimeouts(rabbit, context);
    const witness = await stage.connect();
    const { chan: jobs } = await rabbit.consume(queue, { ...AT_ONCE, consumerTimeoutMs: 500 });
    await witness.publish(queue, bytes("one"));
    const held = await next(jobs);
    proxy.stall("toClient");
    await expect.poll(async () => (await witness.depth(queue)).messages, { timeout: 10_000 }).toBe(1);
    // The cancel is on its way. RabbitMQ 4.3.6 takes the ack for a sign of life, and delivers to the cancelled consumer again.
    held.ack();
    proxy.flow();
    expect(await next(jobs)).toMatchObject({ body: "one", redelivered: true });
    const told = [];
    for (let one = statuses.tryRecv(); one; one = statuses.tryRecv()) told.push(one[0]?.status);
    expect(told).toContain("failed");
    expect(told).not.toContain("disconnected");
  });

  test("a classic queue has no timeout, and its consumer asks for none", async () => {
    const queue = stage.name("jobs");
    const rabbit = await stage.connect();
    const { chan: jobs } = await rabbit.consume(queue, { ...AT_ONCE, queue: {} });
    await rabbit.publish(queue, bytes("one"));
    expect((await next(jobs)).ack()).toBe(true);
  });

  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    "%d is no timeout",
    async (consumerTimeoutMs) => {
      const rabbit = await stage.connect();
      const error = await failure(rabbit.consume("q", { ...AT_ONCE, consumerTimeoutMs }));
      expect(error).toMatchObject({ kind: "invalid-argument" });
      expect(error.message).toContain(`consumerTimeoutMs is a whole number, not ${consumerTimeoutMs}.`);
    },
  );
});

test.each([
  ["3000 ms", "longer than consumer_timeout (3000 ms) allows."],
  ["-1 ms", "longer than consumer_timeout allows."],
])("RabbitMQ's own text for a job that was held too long becomes one plain line: %s", (time, end) => {
  const text = `PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: ${time}. This timeout value can be configured, see consumers doc guide to learn more`;
  const error = Object.assign(
    new Error(`Channel closed by server: 406 (PRECONDITION-FAILED) with message "${text}"`),
    {
      code: 406,
    },
  );
  expect(refused({ text: "broker", user: "guest" }, 'queue "q"', error)).toMatchObject({
    kind: "refused",
    code: 406,
    message: `broker: queue "q" took back a job that was held for ${end}`,
  });
});
