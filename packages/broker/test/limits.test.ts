/** The broker's limits and its end: what one client may cost, and what the others notice of it. */
import { once } from "node:events";
import { type AddressInfo, createServer, connect as dial } from "node:net";
import { networkInterfaces } from "node:os";
import { describe, expect, test } from "vitest";
import { startBroker } from "../src/index.ts";
import { PROTOCOL_HEADER } from "../src/session/protocol-header.ts";
import { methodNameOf } from "../src/wire/methods.ts";
import { onBroker } from "./support/on-broker.ts";
import { RawClient } from "./support/raw-client.ts";

/** Whether this machine has the IPv6 loopback address. */
const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((it) => it?.address === "::1");

/** Connects to an address; resolves with the first method that the broker sends, or with the error's code. */
async function greeted(host: string, port: number): Promise<string> {
  const socket = dial(port, host);
  try {
    await once(socket, "connect");
    socket.write(PROTOCOL_HEADER);
    const [bytes] = await once(socket, "data");
    return methodNameOf((bytes as Buffer).subarray(7)) ?? "nothing";
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  } finally {
    socket.destroy();
  }
}

describe("localhost", () => {
  test.runIf(hasIpv6)("reaches the broker, whichever loopback address it means", async () => {
    const broker = await startBroker();
    expect(broker.url).toContain("127.0.0.1");
    expect(await greeted("127.0.0.1", broker.port)).toBe("connection.start");
    expect(await greeted("::1", broker.port)).toBe("connection.start");
    await broker.close();
    expect(await greeted("::1", broker.port)).toBe("ECONNREFUSED");
  });

  test.runIf(hasIpv6)(
    "planted: a broker on 127.0.0.1 alone is not reached by a client that tries ::1",
    async () => {
      const broker = await startBroker({ host: "127.0.0.1" });
      expect(await greeted("::1", broker.port)).toBe("ECONNREFUSED");
      await broker.close();
    },
  );

  test.runIf(hasIpv6)("a port that another program has on ::1 is taken", async () => {
    const other = createServer().listen(0, "::1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    await expect(startBroker({ port })).rejects.toThrow("EADDRINUSE");
    // The half that it had opened is closed again.
    const broker = await startBroker({ port, host: "127.0.0.1" });
    await broker.close();
    other.close();
  });
});

describe("deprecated features", () => {
  test("a client that uses one is told of once, in RabbitMQ's words", async () => {
    const warnings: string[] = [];
    await onBroker({ onWarning: (text) => warnings.push(text) }, async (sandbox) => {
      const client = await sandbox.client();
      await client.call(1, "queue.declare", { queue: "", exclusive: true });
      await client.call(1, "queue.declare", { queue: sandbox.queue("durable"), durable: true });
      await client.call(1, "basic.qos", { prefetchCount: 1 });
      expect(warnings).toEqual([]);
      for (const name of ["a", "b"]) await client.call(1, "queue.declare", { queue: sandbox.queue(name) });
      for (const prefetchCount of [1, 2]) await client.call(1, "basic.qos", { prefetchCount, global: true });
    });
    expect(warnings).toEqual([
      expect.stringMatching(
        /^Deprecated features: `transient_nonexcl_queues`: Feature .* can still be used for now\./,
      ),
      expect.stringMatching(/^Deprecated features: `global_qos`: Feature .* is not permitted anymore\./),
    ]);
  });
});

describe("limits", () => {
  test("publishers wait while memory is short, and go on when it is free", () =>
    onBroker({ limits: { memoryBytes: 100_000 } }, async (sandbox) => {
      const [publisher, consumer] = [await sandbox.client(), await sandbox.client()];
      const queue = sandbox.queue("q");
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
    onBroker({ limits: { messageBytes: 1_000 } }, async (sandbox) => {
      const client = await sandbox.client();
      client.publish(1, { routingKey: "q" }, Buffer.alloc(1_001));
      await client.until("channel.close");
      expect(client.lines("channel.close")[0]).toContain(
        "PRECONDITION_FAILED - message size 1001 is larger than configured max size 1000",
      );
    }));

  test("one connection more than allowed is refused", () =>
    onBroker({ limits: { connections: 2 } }, async (sandbox) => {
      const [first] = [await sandbox.client(), await sandbox.client()];
      await sandbox.keep(new RawClient(sandbox.port)).closed();
      await first.close();
      // The broker sees the end a moment later than the client. Until then it still refuses.
      for (;;) {
        const next = sandbox.keep(new RawClient(sandbox.port));
        next.socket.write(PROTOCOL_HEADER);
        if (await next.until("connection.start")) break;
      }
    }));

  test("a client that does not read gets no more deliveries, and all of them once it reads again", () =>
    onBroker({ limits: { unsentBytes: 200_000 } }, async (sandbox) => {
      const [lazy, other] = [await sandbox.client(), await sandbox.client()];
      const queue = sandbox.queue("q");
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

  test("the broker listens on loopback only", async () => {
    await expect(startBroker({ host: "0.0.0.0" })).rejects.toThrow("loopback only");
  });

  test("a port that is taken is an error", () =>
    onBroker({}, async (sandbox) => {
      await expect(startBroker({ port: sandbox.port })).rejects.toThrow("EADDRINUSE");
    }));
});

describe("the end", () => {
  test("closing the broker sends 320 to every client, frees the port and resolves", async () => {
    const broker = await startBroker();
    const client = await RawClient.open(broker.port);
    const silent = dial(broker.port, "127.0.0.1");
    const gone = new Promise((resolve) => silent.once("close", resolve).on("error", () => {}));
    await new Promise((resolve) => silent.once("connect", resolve));
    await broker.close();
    await client.closed();
    // A socket that sent nothing does not delay the end until its handshake times out.
    await gone;
    expect(client.lines("connection.close")).toEqual([
      "connection.close replyCode=320 replyText=CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'",
    ]);
    const next = await startBroker({ port: broker.port });
    await next.close();
  });

  test("an idle client gets heartbeats, and stays connected while it sends some", () =>
    onBroker({ heartbeatSeconds: 1 }, async (sandbox) => {
      const client = await sandbox.client({ heartbeat: 1 });
      const beat = Buffer.from([8, 0, 0, 0, 0, 0, 0, 0xce]);
      let received = 0;
      await new Promise<void>((resolve) => {
        client.socket.on("data", (chunk) => {
          if (chunk[0] !== 8) return;
          client.socket.write(beat);
          received += 1;
          if (received === 2) resolve();
        });
      });
      await client.call(1, "basic.qos", {});
      expect(client.isClosed).toBe(false);
    }));
});
