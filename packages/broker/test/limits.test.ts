/** The broker's bounds, and how it ends: what one client may cost, and what the others notice of it. */
import { connect as dial } from "node:net";
import { describe, expect, test } from "vitest";
import { type BrokerOptions, startBroker } from "../src/index.ts";
import { RawClient } from "./support/raw-client.ts";
import { Stage } from "./support/stage.ts";

async function on(options: BrokerOptions, play: (stage: Stage) => Promise<void>): Promise<void> {
  const bugs: unknown[] = [];
  const broker = await startBroker({ ...options, onBug: (error) => bugs.push(error) });
  const stage = new Stage(broker.port);
  try {
    await play(stage);
    await stage.end();
  } finally {
    await broker.close();
  }
  expect(bugs).toEqual([]);
}

describe("bounds", () => {
  test("publishers wait while memory is short, and go on when it is free", () =>
    on({ limits: { memoryBytes: 100_000 } }, async (stage) => {
      const [publisher, consumer] = [await stage.client(), await stage.client()];
      const queue = stage.queue("q");
      await consumer.call(1, "queue.declare", { queue });
      for (let i = 0; i < 200; i += 1) publisher.publish(1, { routingKey: queue }, Buffer.alloc(10_000));
      await publisher.until("connection.blocked");
      const { method } = await consumer.call(1, "queue.declare", { queue, passive: true });
      expect(method).toMatchObject({ args: { messageCount: expect.toSatisfy((count) => count < 20) } });
      await consumer.call(1, "basic.consume", { queue, consumerTag: "a", noAck: true });
      await consumer.all("basic.deliver", 200);
      await publisher.until("connection.unblocked");
      expect(publisher.lines("connection.blocked")[0]).toBe("connection.blocked reason=low on memory");
    }));

  test("a message that is too large closes the AMQP channel with 406", () =>
    on({ limits: { messageBytes: 1_000 } }, async (stage) => {
      const client = await stage.client();
      client.publish(1, { routingKey: "q" }, Buffer.alloc(1_001));
      await client.until("channel.close");
      expect(client.lines("channel.close")[0]).toContain(
        "PRECONDITION_FAILED - message size 1001 is larger than configured max size 1000",
      );
    }));

  test("one connection more than allowed is not taken in", () =>
    on({ limits: { connections: 2 } }, async (stage) => {
      const [first] = [await stage.client(), await stage.client()];
      await stage.keep(new RawClient(stage.port)).closed();
      await first.close();
      // The broker sees the end a moment later than the client does; until then it still refuses.
      for (;;) {
        const next = stage.keep(new RawClient(stage.port));
        next.socket.write("AMQP\u0000\u0000\u0009\u0001");
        if (await next.until("connection.start")) break;
      }
    }));

  test("who does not read gets no more jobs, and all of them once it reads again", () =>
    on({ limits: { unsentBytes: 200_000 } }, async (stage) => {
      const [lazy, other] = [await stage.client(), await stage.client()];
      const queue = stage.queue("q");
      await other.call(1, "queue.declare", { queue });
      await lazy.call(1, "basic.consume", { queue, consumerTag: "lazy", noAck: true });
      lazy.socket.pause();
      await other.call(1, "confirm.select", {});
      for (let i = 0; i < 300; i += 1) other.publish(1, { routingKey: queue }, Buffer.alloc(100_000));
      const { method } = await other.call(1, "queue.declare", { queue, passive: true });
      expect(method).toMatchObject({ args: { messageCount: expect.toSatisfy((count) => count > 100) } });
      lazy.socket.resume();
      await lazy.all("basic.deliver", 300);
    }));

  test("only loopback is listened on", async () => {
    await expect(startBroker({ host: "0.0.0.0" })).rejects.toThrow("loopback only");
  });

  test("a port that is taken is an error", () =>
    on({}, async (stage) => {
      await expect(startBroker({ port: stage.port })).rejects.toThrow("EADDRINUSE");
    }));
});

describe("the end", () => {
  test("closing the broker says 320 to every client, frees the port and resolves", async () => {
    const broker = await startBroker();
    const client = await RawClient.open(broker.port);
    const silent = dial(broker.port, "127.0.0.1");
    const gone = new Promise((resolve) => silent.once("close", resolve).on("error", () => {}));
    await new Promise((resolve) => silent.once("connect", resolve));
    await broker.close();
    await client.closed();
    // A socket that never said a word does not hold the broker up until its handshake has timed out.
    await gone;
    expect(client.lines("connection.close")).toEqual([
      "connection.close replyCode=320 replyText=CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'",
    ]);
    const next = await startBroker({ port: broker.port });
    await next.close();
  });

  test("an idle client hears heartbeats, and one that answers them stays", () =>
    on({ heartbeat: 1 }, async (stage) => {
      const client = await stage.client({ heartbeat: 1 });
      const beat = Buffer.from([8, 0, 0, 0, 0, 0, 0, 0xce]);
      let heard = 0;
      await new Promise<void>((resolve) => {
        client.socket.on("data", (chunk) => {
          if (chunk[0] !== 8) return;
          client.socket.write(beat);
          heard += 1;
          if (heard === 2) resolve();
        });
      });
      await client.call(1, "basic.qos", {});
      expect(client.isClosed).toBe(false);
    }));
});
