import { chan } from "@shirts/chan";
import { expect, test } from "vitest";
import type { AmqpError, DeadLetter } from "../src/index.ts";
import { bytes, next, onEveryBroker, string, until } from "./brokers.ts";

onEveryBroker((stage) => {
  test("every subscriber hears a broadcast, the sender too, each under a name of its own", async () => {
    const exchange = stage.name("cancels");
    const [one, two] = [await stage.connect(), await stage.connect()];
    const a = await one.subscribe(exchange, { decode: string });
    const b = await two.subscribe(exchange, { decode: string });
    expect(a.name).not.toBe(b.name);
    await one.broadcast(exchange, bytes("stop"));
    expect([await next(a.chan), await next(b.chan)]).toEqual(["stop", "stop"]);
  });

  test("the chan ends when the connection is closed, and the queue with it", async () => {
    const exchange = stage.name("cancels");
    const rabbit = await stage.connect();
    const { chan: cancels, name } = await rabbit.subscribe(exchange, { decode: string });
    await rabbit.close();
    expect(await cancels.recv()).toEqual([undefined, false]);
    const other = await stage.connect();
    await expect(other.depth(name)).rejects.toThrow(/does not exist/);
  });

  test("stop ends one subscription: what waits can be received, the queue is removed, the other one goes on", async () => {
    const exchange = stage.name("cancels");
    const [rabbit, other] = [await stage.connect(), await stage.connect()];
    const decoded = chan<string>(10);
    const decode = (body: Uint8Array): string => {
      decoded.trySend(string(body));
      return string(body);
    };
    const { chan: cancels, name, stop } = await rabbit.subscribe(exchange, { decode });
    const { chan: others } = await rabbit.subscribe(exchange, { decode: string });
    await other.broadcast(exchange, bytes("before"));
    await next(decoded);
    await Promise.all([stop(), stop()]);
    // RabbitMQ removes the queue a moment after it has agreed to the close.
    await expect.poll(() => rabbit.depth(name).catch((error: AmqpError) => error.kind)).toBe("not-found");
    await other.broadcast(exchange, bytes("after"));
    expect([await next(others), await next(others)]).toEqual(["before", "after"]);
    expect(await next(cancels)).toBe("before");
    expect(await cancels.recv()).toEqual([undefined, false]);
    expect(decoded.len).toBe(0);
  });

  test("subscriptions that are stopped leave no AMQP channel behind", async () => {
    const exchange = stage.name("cancels");
    const rabbit = await stage.connect(`${stage.url}?channelMax=2`);
    for (let round = 0; round < 5; round++) {
      const { stop } = await rabbit.subscribe(exchange, { decode: string });
      await stop();
    }
  });

  test("a subscription that is stopped without a connection does not come back", async () => {
    const exchange = stage.name("cancels");
    const { proxy, statuses } = await stage.shaky();
    const rabbit = await stage.connect(`${proxy.url}?channelMax=1`, {
      onStatus: (status) => statuses.trySend(status),
      reconnectMs: { first: 5, longest: 20 },
    });
    const { chan: cancels, stop } = await rabbit.subscribe(exchange, { decode: string });
    await proxy.refuse();
    proxy.cut();
    await until(statuses, "failed");
    await stop();
    expect(await cancels.recv()).toEqual([undefined, false]);
    await proxy.accept();
    await until(statuses, "connected");
    await until(statuses, "connected"); // Both clients are back.
    await rabbit.subscribe(exchange, { decode: string }); // The one AMQP channel of this connection is free.
  });

  test("a malformed broadcast goes to the dead-letter queue of the exchange, and the next one is heard", async () => {
    const exchange = stage.name("cancels");
    const letters: DeadLetter[] = [];
    let told = (): void => {};
    const isTold = new Promise<void>((resolve) => {
      told = resolve;
    });
    const rabbit = await stage.connect(stage.url, {
      onDeadLetter: (letter) => {
        letters.push(letter);
        told();
      },
    });
    const { chan: cancels } = await rabbit.subscribe(exchange, {
      decode: (body) => JSON.parse(string(body)) as unknown,
    });
    await rabbit.broadcast(exchange, bytes("not JSON"));
    await rabbit.broadcast(exchange, bytes("{}"));
    expect(await next(cancels)).toEqual({});
    await isTold;
    expect(letters).toMatchObject([{ queue: exchange, reason: expect.stringMatching(/JSON/) }]);
    const dead = await stage.get(`${exchange}_dead`);
    expect(string(dead.content)).toBe("not JSON");
  });

  test("malformed broadcasts do not take the room of this node's own messages", async () => {
    const exchange = stage.name("cancels");
    const queue = stage.name("jobs");
    const { rabbit, proxy, statuses } = await stage.shaky({ maxPending: 20 });
    await rabbit.declareQueue(queue);
    const { chan: cancels } = await rabbit.subscribe(exchange, {
      decode: (body) => JSON.parse(string(body)) as unknown,
    });
    const other = await stage.connect();
    // Nothing of what this node publishes is confirmed; what others send arrives.
    proxy.stall("toBroker");
    for (let n = 0; n < 100; n++) await other.broadcast(exchange, bytes("not JSON"));
    await other.broadcast(exchange, bytes("{}"));
    expect(await next(cancels)).toEqual({});
    expect((await until(statuses, "failed")).reason).toMatch(/too many wait to be dead-lettered/);
    const own = rabbit.publish(queue, bytes("own"));
    proxy.flow();
    await own;
  });

  test("when the buffer is full the oldest goes, and onResubscribe is asked what was missed", async () => {
    const exchange = stage.name("cancels");
    const rabbit = await stage.connect();
    const decoded = chan<string>(10);
    const { chan: cancels } = await rabbit.subscribe(exchange, {
      decode: (body) => {
        decoded.trySend(string(body));
        return string(body);
      },
      capacity: 2,
      onResubscribe: () => ["newest"],
    });
    for (const body of ["1", "2", "3"]) await rabbit.broadcast(exchange, bytes(body));
    for (let i = 0; i < 3; i++) await next(decoded);
    // "2" goes too if "newest" comes before anybody listens.
    const heard = [];
    while (heard.at(-1) !== "newest") heard.push(await next(cancels));
    expect(heard.filter((one) => one !== "2")).toEqual(["3", "newest"]);
    await rabbit.broadcast(exchange, bytes("4"));
    expect(await next(cancels)).toBe("4");
  });

  test("onResubscribe is not asked while nothing is missed", async () => {
    const exchange = stage.name("cancels");
    const rabbit = await stage.connect();
    const asked: string[] = [];
    const { chan: cancels } = await rabbit.subscribe(exchange, {
      decode: string,
      onResubscribe: () => void asked.push("asked"),
    });
    await rabbit.broadcast(exchange, bytes("1"));
    expect(await next(cancels)).toBe("1");
    expect(asked).toEqual([]);
  });
});
