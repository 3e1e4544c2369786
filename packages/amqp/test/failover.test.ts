import { startBroker } from "@shirts/broker";
import { chan } from "@shirts/chan";
import { expect, test } from "vitest";
import { AmqpError, type ConnectionStatus, connect } from "../src/index.ts";
import { bytes, decodeJob, failure, next, until } from "./brokers.ts";

const reconnectMs = { first: 1, longest: 5 };

test.each([
  ["a list", (urls: string[]) => urls],
  ["one text with commas", (urls: string[]) => urls.join(",")],
])(
  "when a broker dies, the next one of %s is asked, and everything stands there again",
  async (_how, listed) => {
    const [first, second] = [await startBroker(), await startBroker()];
    const statuses = chan<ConnectionStatus>(100);
    const rabbit = await connect(listed([first.url, second.url]), {
      onStatus: (status) => statuses.trySend(status),
      reconnectMs,
    });
    const { chan: jobs } = await rabbit.consume("jobs", { prefetch: 1, decode: decodeJob });
    await rabbit.publish("jobs", bytes("at the first"));
    expect((await next(jobs)).body).toBe("at the first");
    await first.close();
    expect((await until(statuses, "disconnected")).reason).toContain(`broker at 127.0.0.1:${first.port}`);
    await until(statuses, "connected");
    await rabbit.publish("jobs", bytes("at the second"));
    expect((await next(jobs)).body).toBe("at the second");
    await rabbit.close();
    await second.close();
  },
);

test("the first connection goes to the first broker that answers, and a failure names the one that failed", async () => {
  const [gone, there] = [await startBroker(), await startBroker()];
  await gone.close();
  const statuses = chan<ConnectionStatus>(100);
  const rabbit = await connect([gone.url, there.url], {
    onStatus: (status) => statuses.trySend(status),
    reconnectMs,
  });
  await rabbit.declareQueue("jobs");
  expect(statuses.len).toBe(0);
  await there.close();
  expect((await until(statuses, "disconnected")).reason).toContain(`broker at 127.0.0.1:${there.port}`);
  const asked = new Set<string>();
  while (asked.size < 2) {
    const { reason = "" } = await until(statuses, "failed");
    expect(reason).toMatch(/nobody answers \(ECONNREFUSED\)/);
    asked.add(reason);
  }
  expect([...asked].join()).toContain(`127.0.0.1:${gone.port}`);
  expect([...asked].join()).toContain(`127.0.0.1:${there.port}`);
  await rabbit.close();
});

test("when no broker of the list answers, one line says so of each", async () => {
  const [one, two] = [await startBroker(), await startBroker()];
  await Promise.all([one.close(), two.close()]);
  const error = await failure(connect(`${one.url}, ${two.url}`));
  expect(error).toBeInstanceOf(AmqpError);
  expect(error.message).toMatch(
    new RegExp(
      `^none of the 2 brokers can be used: broker at 127.0.0.1:${one.port}, .*ECONNREFUSED.* \\| broker at 127.0.0.1:${two.port}, .*ECONNREFUSED`,
    ),
  );
  expect(error.message).not.toContain("\n");
  expect((await failure(connect([]))).message).toMatch(/no URL in the list/);
});
