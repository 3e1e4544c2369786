import { startBroker } from "@shirts/broker";
import { chan } from "@shirts/chan";
import { expect, test } from "vitest";
import { AmqpError, type ConnectionStatus, connect } from "../src/index.ts";
import { bytes, decodeJob, failure, next, onEveryBroker, string, until } from "./brokers.ts";

onEveryBroker((stage) => {
  test("a message for a queue that nobody declared is refused, and says so", async () => {
    const queue = stage.name("jobs");
    const rabbit = await stage.connect();
    const error = await failure(rabbit.publish(queue, bytes("one")));
    expect(error).toMatchObject({ name: "AmqpError", kind: "unroutable", code: 312 });
    expect(error.message).toMatch(
      new RegExp(
        `^broker at .*, vhost "/": queue "${queue}" does not exist: the message reached no queue\\.$`,
      ),
    );
  });

  test("jobs are persistent and carry an id of their own; what is broadcast is not kept", async () => {
    const queue = stage.name("jobs");
    const exchange = stage.name("cancels");
    const rabbit = await stage.connect();
    await rabbit.declareQueue(queue);
    await rabbit.publish(queue, bytes("one"));
    await rabbit.publish(queue, bytes("two"));
    const [one, two] = [await stage.get(queue), await stage.get(queue)];
    expect([one.properties.deliveryMode, two.properties.deliveryMode]).toEqual([2, 2]);
    expect(one.properties.messageId).not.toEqual(two.properties.messageId);
    await stage.bare(async (amqpChannel) => {
      await rabbit.broadcast(exchange, bytes("to nobody")); // Declares it.
      const { queue: ears } = await amqpChannel.assertQueue("", { exclusive: true });
      await amqpChannel.bindQueue(ears, exchange, "");
      await rabbit.broadcast(exchange, bytes("hello"));
      const heard = await amqpChannel.get(ears, { noAck: true });
      expect(heard && [string(heard.content), heard.properties.deliveryMode]).toEqual(["hello", 1]);
    });
  });

  test("thousands at once wait for the socket to drain, and all of them are confirmed in order", async () => {
    const queue = stage.name("jobs");
    const rabbit = await stage.connect();
    await rabbit.declareQueue(queue);
    const padding = "x".repeat(3_000);
    const count = 3_000;
    await Promise.all(
      Array.from({ length: count }, (_, n) => rabbit.publish(queue, bytes(`${n} ${padding}`))),
    );
    expect(await rabbit.depth(queue)).toMatchObject({ messages: count });
    const { chan: jobs } = await rabbit.consume(queue, { prefetch: count, decode: decodeJob });
    for (let n = 0; n < count; n++) expect((await next(jobs)).body.split(" ")[0]).toBe(String(n));
  });

  test("more messages than maxPending are refused at once", async () => {
    const queue = stage.name("jobs");
    const rabbit = await stage.connect(stage.url, { maxPending: 2 });
    await rabbit.declareQueue(queue);
    const two = [rabbit.publish(queue, bytes("1")), rabbit.publish(queue, bytes("2"))];
    expect((await failure(rabbit.publish(queue, bytes("3")))).message).toMatch(
      new RegExp(`vhost "/": queue "${queue}": 2 messages with 2 bytes wait for a confirm already`),
    );
    await Promise.all(two);
  });

  test("more bytes than maxPendingBytes are refused at once, save one message alone", async () => {
    const queue = stage.name("jobs");
    const rabbit = await stage.connect(stage.url, { maxPendingBytes: 1_000 });
    await rabbit.declareQueue(queue);
    await rabbit.publish(queue, new Uint8Array(2_000));
    const waits = rabbit.publish(queue, new Uint8Array(600));
    expect((await failure(rabbit.publish(queue, new Uint8Array(401)))).message).toMatch(
      /1 messages with 600 bytes wait for a confirm already, and at most 10000 messages with 1000 bytes may/,
    );
    await Promise.all([waits, rabbit.publish(queue, new Uint8Array(400))]);
    await rabbit.publish(queue, new Uint8Array(1_000)); // What is confirmed does not count any longer.
  });

  test("a broadcast to an exchange that was deleted fails alone, and the next one declares it again", async () => {
    const exchange = stage.name("cancels");
    const queue = stage.name("jobs");
    const { rabbit, statuses } = await stage.shaky();
    await rabbit.declareQueue(queue);
    await rabbit.broadcast(exchange, bytes("one"));
    await stage.bare((amqpChannel) => amqpChannel.deleteExchange(exchange));
    const lost = failure(rabbit.broadcast(exchange, bytes("two")));
    const job = rabbit.publish(queue, bytes("job"));
    expect((await lost).message).toMatch(new RegExp(`exchange "${exchange}" does not exist`));
    await job;
    await rabbit.broadcast(exchange, bytes("three"));
    // The AMQP channel for publishing was closed; what is not there is the exchange.
    expect((await until(statuses, "failed")).reason).toMatch(
      new RegExp(`vhost "/": exchange "${exchange}" does not exist`),
    );
  });

  test("a message that does not fit into AMQP is refused by name at once, and those around it go on", async () => {
    const queue = stage.name("jobs");
    const { rabbit, proxy, statuses } = await stage.shaky();
    await rabbit.declareQueue(queue);
    const long = "q".repeat(256);
    const refused = await failure(rabbit.publish(long, bytes("one")));
    expect(refused).toBeInstanceOf(AmqpError);
    expect(refused.message).toMatch(/vhost "\/": queue "q{256}" has a name that does not fit into AMQP/);
    await proxy.refuse();
    proxy.cut();
    await until(statuses, "failed");
    // These wait, and go out together when the next connection stands.
    const [before, wrong, after] = [
      rabbit.publish(queue, bytes("before")),
      failure(rabbit.publish(long, bytes("two"))),
      rabbit.publish(queue, bytes("after")),
    ];
    await proxy.accept();
    expect((await wrong).message).toMatch(/queue "q{256}" has a name/);
    await Promise.all([before, after]);
    await until(statuses, "connected");
    await rabbit.publish(queue, bytes("later"));
    expect(await rabbit.depth(queue)).toMatchObject({ messages: 3 });
  });

  test("an exchange of another kind is refused with RabbitMQ's own words", async () => {
    const exchange = stage.name("cancels");
    await stage.bare((amqpChannel) => amqpChannel.assertExchange(exchange, "direct", { durable: true }));
    const rabbit = await stage.connect();
    const told =
      /exchange ".*" exists with other arguments: inequivalent arg 'type' for exchange .* in vhost '\/'/;
    expect((await failure(rabbit.broadcast(exchange, bytes("one")))).message).toMatch(told);
    expect((await failure(rabbit.subscribe(exchange, { decode: string }))).message).toMatch(told);
  });
});

test("a broker that is short of memory is told as blocked; what waits is confirmed once it is not", async () => {
  const broker = await startBroker({ limits: { memoryBytes: 1_000 } });
  const statuses = chan<ConnectionStatus>(100);
  const rabbit = await connect(broker.url, {
    publishTimeoutMs: 300,
    onStatus: (status) => statuses.trySend(status),
  });
  await rabbit.declareQueue("q");
  await rabbit.publish("q", new Uint8Array(2_000));
  expect((await until(statuses, "blocked")).reason).toMatch(/memory/);
  const late = failure(rabbit.publish("q", bytes("too late")));
  expect((await late).message).toMatch(/not confirmed within 300 ms; the broker blocks publishers: .*memory/);
  const inTime = rabbit.publish("q", bytes("in time"));
  await rabbit.purge("q"); // Over the other connection, which is not blocked.
  await until(statuses, "unblocked");
  await inTime;
  await rabbit.close();
  await broker.close();
});

test("after a broker lost its memory, exchanges are declared again before they are used", async () => {
  const first = await startBroker();
  const statuses = chan<ConnectionStatus>(100);
  const rabbit = await connect(first.url, {
    onStatus: (status) => statuses.trySend(status),
    reconnectMs: { first: 5, longest: 20 },
  });
  const { chan: cancels } = await rabbit.subscribe("ears", { decode: string });
  await rabbit.broadcast("cancels", bytes("to nobody"));
  await first.close();
  await until(statuses, "disconnected");
  const second = await startBroker({ port: first.port });
  await until(statuses, "connected");
  await rabbit.broadcast("cancels", bytes("to nobody"));
  await rabbit.broadcast("ears", bytes("hello"));
  expect(await next(cancels)).toBe("hello");
  await rabbit.close();
  await second.close();
});
