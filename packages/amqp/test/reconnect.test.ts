import { type Chan, chan } from "@shirts/chan";
import { expect, test, vi } from "vitest";
import type { ConnectionStatus } from "../src/index.ts";
import { bytes, decodeJob, failure, next, onEveryBroker, string, until } from "./brokers.ts";

onEveryBroker((stage) => {
  test("after a lost connection an unacked job comes again, flagged, and its old ack is dropped", async () => {
    const queue = stage.name("jobs");
    const { rabbit, proxy, statuses } = await stage.shaky();
    const { chan: jobs } = await rabbit.consume(queue, { prefetch: 1, decode: decodeJob });
    await rabbit.publish(queue, bytes("one"));
    const old = await next(jobs);
    proxy.cut();
    expect((await until(statuses, "disconnected")).reason).toMatch(
      /^broker at 127.0.0.1:\d+, vhost "\/": the connection is lost \(/,
    );
    await until(statuses, "connected");
    expect(await next(jobs)).toMatchObject({ body: "one", redelivered: true });
    expect(old.ack()).toBe(false);
    // Had the old ack been sent, its tag would have acked the new delivery, and nothing would be left for the other.
    await rabbit.close();
    const { chan: other } = await (await stage.connect()).consume(queue, { prefetch: 1, decode: decodeJob });
    expect(await next(other)).toMatchObject({ body: "one", redelivered: true });
  });

  test("an ack while there is no connection is dropped, and the job comes again", async () => {
    const queue = stage.name("jobs");
    const { rabbit, proxy, statuses } = await stage.shaky();
    const { chan: jobs } = await rabbit.consume(queue, { prefetch: 1, decode: decodeJob });
    await rabbit.publish(queue, bytes("one"));
    const old = await next(jobs);
    await proxy.refuse();
    proxy.cut();
    await until(statuses, "failed");
    expect([old.ack(), old.ack()]).toEqual([false, false]);
    await proxy.accept();
    const again = await next(jobs);
    expect(again).toMatchObject({ body: "one", redelivered: true });
    expect(again.ack()).toBe(true);
    await rabbit.publish(queue, bytes("two"));
    expect(await next(jobs)).toMatchObject({ body: "two", redelivered: false });
  });

  test("a job whose AMQP channel is lost while it is dead-lettered comes again", async () => {
    const queue = stage.name("jobs");
    const { rabbit, proxy, statuses } = await stage.shaky();
    const { chan: jobs, stop } = await rabbit.consume(queue, { prefetch: 1, decode: decodeJob });
    await rabbit.publish(queue, bytes("one"));
    const first = await next(jobs);
    proxy.stall("toClient");
    const deadLettered = first.deadLetter("nobody can do it"); // The broker may have it, and we do not know.
    await proxy.refuse();
    proxy.cut();
    await until(statuses, "failed");
    proxy.flow();
    await proxy.accept();
    await deadLettered;
    const second = await next(jobs);
    expect(second).toMatchObject({ body: "one", redelivered: true });
    await second.deadLetter("nobody can do it");
    await stop();
    expect(await rabbit.depth(queue)).toEqual({ messages: 0, consumers: 0 });
    const dead = await rabbit.depth(`${queue}_dead`);
    expect([1, 2, 3]).toContain(dead.messages);
  });

  test("a job that nobody had received when the connection was lost is received once", async () => {
    const queue = stage.name("jobs");
    const { rabbit, proxy } = await stage.shaky();
    const decoded = chan<string>(10);
    const { chan: jobs } = await rabbit.consume(queue, {
      prefetch: 3,
      decode: (body, delivery) => {
        decoded.trySend(string(body));
        return decodeJob(body, delivery);
      },
    });
    for (const body of ["1", "2", "3"]) await rabbit.publish(queue, bytes(body));
    for (let i = 0; i < 3; i++) await next(decoded);
    expect(jobs.len).toBe(3);
    proxy.cut();
    for (let i = 0; i < 3; i++) await next(decoded);
    expect(jobs.len).toBe(3);
    const received = [];
    for (let i = 0; i < 3; i++) received.push(await next(jobs));
    expect(received.map(({ body }) => body).sort()).toEqual(["1", "2", "3"]);
    expect(received.every(({ redelivered }) => redelivered)).toBe(true);
    for (const job of received) job.ack();
    await rabbit.publish(queue, bytes("4"));
    expect((await next(jobs)).body).toBe("4");
  });

  test("a consumption that is stopped and loses its connection gives its AMQP channel back", async () => {
    const queue = stage.name("jobs");
    const { proxy, statuses } = await stage.shaky();
    const rabbit = await stage.connect(`${proxy.url}?channelMax=2`, {
      onStatus: (status) => statuses.trySend(status),
      reconnectMs: { first: 5, longest: 20 },
    });
    for (let round = 0; round < 4; round++) {
      const { chan: jobs, stop } = await rabbit.consume(queue, { prefetch: 1, decode: decodeJob });
      await rabbit.publish(queue, bytes(`${round}`));
      const running = await next(jobs);
      await stop();
      proxy.cut();
      await until(statuses, "connected");
      await until(statuses, "connected"); // Both clients are back.
      running.ack();
      expect(await rabbit.purge(queue)).toBe(1);
    }
  });

  test("a consumption whose jobs came again over another connection gives its AMQP channel back after their acks", async () => {
    const queue = stage.name("jobs");
    const proxy = (await stage.shaky()).proxy;
    const rabbit = await stage.connect(`${proxy.url}?channelMax=1`, {
      reconnectMs: { first: 5, longest: 20 },
    });
    const { chan: jobs, stop } = await rabbit.consume(queue, { prefetch: 1, decode: decodeJob });
    await rabbit.publish(queue, bytes("one"));
    await next(jobs);
    proxy.cut();
    const again = await next(jobs);
    await stop();
    expect(again.ack()).toBe(true);
    // The one AMQP channel of this connection is free.
    await vi.waitFor(async () => expect(await rabbit.depth(queue)).toEqual({ messages: 0, consumers: 0 }));
  });

  test("close leaves no socket to a broker whose answers do not come", async () => {
    const { rabbit, proxy } = await stage.shaky();
    proxy.stall("toClient");
    await rabbit.close({ deadlineMs: 100 });
    await vi.waitFor(() => expect(proxy.connections).toBe(0));
  });

  test("close waits for the confirm of what the broker has", async () => {
    const queue = stage.name("jobs");
    const { rabbit, proxy } = await stage.shaky();
    await rabbit.declareQueue(queue);
    const other = await stage.connect();
    proxy.stall("toClient");
    const published = rabbit.publish(queue, bytes("one"));
    const closed = rabbit.close({ deadlineMs: 10_000 });
    await vi.waitFor(async () => expect((await other.depth(queue)).messages).toBe(1));
    proxy.flow();
    expect(await published).toBeUndefined();
    await closed;
  });

  test("a message whose confirm is lost is sent again: at least once, here twice", async () => {
    const queue = stage.name("jobs");
    const { rabbit, proxy, statuses } = await stage.shaky();
    await rabbit.declareQueue(queue);
    const { chan: other } = await (await stage.connect()).consume(queue, { prefetch: 9, decode: decodeJob });
    proxy.stall("toClient");
    const published = rabbit.publish(queue, bytes("one"));
    expect((await next(other)).body).toBe("one"); // The broker has it, and we do not know.
    proxy.cut();
    proxy.flow();
    await until(statuses, "connected");
    await published;
    expect(await next(other)).toMatchObject({ body: "one", redelivered: false });
  });

  test("what is published without a connection waits for one, in order", async () => {
    const queue = stage.name("jobs");
    const { rabbit, proxy, statuses } = await stage.shaky();
    const { chan: jobs } = await rabbit.consume(queue, { prefetch: 1, decode: decodeJob });
    await proxy.refuse();
    proxy.cut();
    await until(statuses, "failed");
    const published = ["1", "2", "3"].map((body) => rabbit.publish(queue, bytes(body)));
    const asked = rabbit.depth(queue);
    await proxy.accept();
    await Promise.all(published);
    await asked;
    for (const body of ["1", "2", "3"]) {
      const job = await next(jobs);
      expect(job).toMatchObject({ body, redelivered: false });
      job.ack();
    }
  });

  test("a message that is not confirmed in time fails with queue and reason, and so does a question", async () => {
    const { rabbit, proxy, statuses } = await stage.shaky({ publishTimeoutMs: 150 });
    await proxy.refuse();
    proxy.cut();
    await until(statuses, "failed");
    const [published, ...asked] = await Promise.all([
      failure(rabbit.publish("somewhere", bytes("one"))),
      failure(rabbit.depth("somewhere")),
      failure(rabbit.consume("somewhere", { prefetch: 1, decode: decodeJob })),
      failure(rabbit.subscribe("somewhere", { decode: string })),
      failure(rabbit.lock("somewhere")),
    ]);
    expect(published.message).toMatch(
      /^broker at 127.0.0.1:\d+, vhost "\/": queue "somewhere": not confirmed within 150 ms.* may still arrive/,
    );
    for (const { message } of asked)
      expect(message).toMatch(
        /^broker at 127.0.0.1:\d+, vhost "\/": (queue|exchange|lock) "somewhere" failed: no connection within 150 ms/,
      );
  });

  test("a cancel sent during a reconnect is lost, and onResubscribe brings what it said", async () => {
    const exchange = stage.name("cancels");
    const { rabbit, proxy, statuses } = await stage.shaky();
    const president = await stage.connect();
    let newest = "nothing yet";
    const { chan: cancels, name } = await rabbit.subscribe(exchange, {
      decode: string,
      onResubscribe: async () => [newest],
    });
    await president.broadcast(exchange, bytes("before"));
    expect(await next(cancels)).toBe("before");
    await proxy.refuse();
    proxy.cut();
    await until(statuses, "failed");
    newest = "read from the table";
    await president.broadcast(exchange, bytes("sent to nobody"));
    await proxy.accept();
    expect(await next(cancels)).toBe("read from the table");
    await president.broadcast(exchange, bytes("after"));
    expect(await next(cancels)).toBe("after");
    expect(name).toMatch(/^amq\.gen/);
  });

  test("connected is told when every consumption is back, not when the connection is", async () => {
    const queue = stage.name("jobs");
    const { rabbit, proxy, statuses } = await stage.shaky();
    const { chan: jobs } = await rabbit.consume(queue, { prefetch: 1, decode: decodeJob });
    await proxy.refuse();
    proxy.cut();
    await until(statuses, "failed");
    await stage.bare(async (amqpChannel) => {
      await amqpChannel.deleteQueue(queue);
      await amqpChannel.assertQueue(queue, { durable: false });
    });
    await proxy.accept();
    const told: ConnectionStatus[] = [];
    while (!told.at(-1)?.reason?.includes("exists with other arguments")) told.push(await next(statuses));
    await rabbit.depth(queue); // The connections are back.
    await rabbit.publish(queue, bytes("lost with its queue"));
    for (let one = statuses.tryRecv(); one; one = statuses.tryRecv()) if (one[0]) told.push(one[0]);
    expect(told.filter(({ status }) => status === "connected")).toEqual([]);
    await stage.bare((amqpChannel) => amqpChannel.deleteQueue(queue));
    await until(statuses, "connected");
    await rabbit.publish(queue, bytes("one"));
    expect((await next(jobs)).body).toBe("one");
  });

  test("a trouble that comes again after it was over is told again", async () => {
    const queue = stage.name("jobs");
    const { rabbit, statuses } = await stage.shaky();
    const { chan: jobs } = await rabbit.consume(queue, { prefetch: 1, decode: decodeJob });
    for (let round = 0; round < 2; round++) {
      const publish = (): Promise<void> => rabbit.publish(queue, bytes("one")).catch(publish);
      await publish(); // The queue is back when a message can be routed to it.
      (await next(jobs)).ack();
      await stage.bare((amqpChannel) => amqpChannel.deleteQueue(queue));
      expect((await until(statuses, "failed")).reason).toMatch(/the broker cancelled the consumer/);
    }
  });

  test("a lock is taken again after a lost connection, and reported while another connection has the name", async () => {
    const name = stage.name("lock");
    const { rabbit, proxy, statuses } = await stage.shaky();
    expect(await rabbit.lock(name)).toBe(true);
    proxy.cut();
    await until(statuses, "connected");
    const other = await stage.connect();
    expect(await other.lock(name)).toBe(false);
    await proxy.refuse();
    proxy.cut();
    await until(statuses, "disconnected");
    // The broker gives the name back when it has noticed.
    await expect.poll(() => other.lock(name)).toBe(true);
    await proxy.accept();
    const isTold = async (): Promise<boolean> =>
      (await until(statuses, "failed")).reason?.includes(`lock "${name}" is held by another connection`) ||
      isTold();
    expect(await isTold()).toBe(true);
    expect(await rabbit.lock(name)).toBe(false);
    await other.close();
    await until(statuses, "connected");
    expect(await rabbit.lock(name)).toBe(true);
  });

  test("without onResubscribe a subscription still comes back, under its first name", async () => {
    const exchange = stage.name("cancels");
    const { rabbit, proxy, statuses } = await stage.shaky();
    const subscription = await rabbit.subscribe(exchange, { decode: string });
    const { name } = subscription;
    proxy.cut();
    await until(statuses, "connected");
    await rabbit.broadcast(exchange, bytes("hello"));
    expect(await next(subscription.chan)).toBe("hello");
    expect(subscription.name).toBe(name);
  });

  test("onResubscribe that fails is told and asked again", async () => {
    const exchange = stage.name("cancels");
    const { rabbit, proxy, statuses } = await stage.shaky();
    let asked = 0;
    const { chan: cancels } = await rabbit.subscribe(exchange, {
      decode: string,
      onResubscribe: async () => {
        if (asked++ === 0) throw new Error("the table does not answer");
        return ["newest"];
      },
    });
    proxy.cut();
    expect(await next(cancels)).toBe("newest");
    expect(asked).toBe(2);
    expect((await until(statuses, "failed")).reason).toMatch(/the table does not answer/);
  });

  test("a connection may die at any byte of its first kilobytes: another one follows", async () => {
    const queue = stage.name("jobs");
    const exchange = stage.name("cancels");
    let isBack = (): void => {};
    const { rabbit, proxy } = await stage.shaky({
      reconnectMs: { first: 1, longest: 2 },
      onStatus: ({ status }) => status === "connected" && isBack(),
    });
    const { chan: jobs } = await rabbit.consume(queue, { prefetch: 1, decode: decodeJob });
    const { chan: cancels } = await rabbit.subscribe(exchange, { decode: string });
    const published = rabbit.publish(queue, bytes("one"));
    for (let budget = 0; budget < 1_500; budget += 29) {
      const dead = proxy.cutAfter(budget);
      proxy.cut();
      // With a large budget the connections may stand before it is spent; then the next cut ends them.
      await Promise.race([dead, new Promise<void>((resolve) => (isBack = resolve))]);
    }
    void proxy.cutAfter(Number.POSITIVE_INFINITY);
    proxy.cut();
    await published;
    const job = await next(jobs);
    expect(job.body).toBe("one");
    await heard(() => rabbit.broadcast(exchange, bytes("hello")), cancels as Chan<string>);
  });

  // It takes as long as the client's timeout, which is seconds: once is enough.
  test.skipIf(stage.isReal)(
    "a silent broker is noticed by its missing heartbeats, and left when close is called",
    async () => {
      const queue = stage.name("jobs");
      const { rabbit, proxy, statuses } = await stage.shaky({ connectTimeoutMs: 200 });
      const beating = await stage.connect(`${proxy.url}?heartbeat=1`, {
        onStatus: (status) => statuses.trySend(status),
        connectTimeoutMs: 200,
        reconnectMs: { first: 5, longest: 20 },
      });
      const { chan: jobs } = await beating.consume(queue, { prefetch: 1, decode: decodeJob });
      proxy.stall();
      expect((await until(statuses, "disconnected")).reason).toMatch(/Heartbeat timeout/);
      expect((await until(statuses, "failed")).reason).toMatch(/no answer in time/);
      await rabbit.close({ deadlineMs: 100 });
      proxy.flow();
      await until(statuses, "connected");
      await beating.publish(queue, bytes("one"));
      expect((await next(jobs)).body).toBe("one");
      await beating.close();
      await vi.waitFor(() => expect(proxy.connections).toBe(0));
    },
  );

  test("close keeps its deadline and leaves no socket, whatever the broker does", async () => {
    const queue = stage.name("jobs");
    const { rabbit, proxy } = await stage.shaky();
    await rabbit.declareQueue(queue);
    proxy.stall();
    const published = failure(rabbit.publish(queue, bytes("one")));
    await rabbit.close({ deadlineMs: 100 });
    expect((await published).message).toMatch(/queue ".*": the connection is closed.* may still arrive/);
    proxy.flow();
    await vi.waitFor(() => expect(proxy.connections).toBe(0));
  });

  test("close does not wait for the answer of a connection that dies in the same moment", async () => {
    const { rabbit, proxy } = await stage.shaky();
    proxy.cut();
    await rabbit.close({ deadlineMs: 3_600_000 });
    await vi.waitFor(() => expect(proxy.connections).toBe(0));
  });

  test("a connection that dies while it is closed in the middle of an attempt harms nobody", async () => {
    for (let budget = 300; budget < 700; budget += 9) {
      const { rabbit, proxy, statuses } = await stage.shaky({ reconnectMs: { first: 1, longest: 1 } });
      void proxy.cutAfter(budget);
      proxy.stall("toBroker");
      proxy.cut();
      await until(statuses, "disconnected");
      await vi.waitFor(() => expect(proxy.connections).toBe(2), { interval: 2, timeout: 10_000 });
      await rabbit.close({ deadlineMs: 1 });
      proxy.flow(); // The handshake goes on, for nobody.
      await vi.waitFor(() => expect(proxy.connections).toBe(0), { interval: 2, timeout: 10_000 });
    }
  });

  test("close ends an attempt to reconnect", async () => {
    const { rabbit, proxy, statuses } = await stage.shaky();
    proxy.stall();
    proxy.cut();
    await until(statuses, "disconnected");
    await vi.waitFor(() => expect(proxy.connections).toBeGreaterThan(0));
    await rabbit.close({ deadlineMs: 50 });
    proxy.flow();
    await vi.waitFor(() => expect(proxy.connections).toBe(0));
  });
});

/** Broadcasts until somebody hears it: a fan-out reaches only those that are subscribed at that moment. */
async function heard(broadcast: () => Promise<void>, values: Chan<string>): Promise<void> {
  while (values.len === 0) await broadcast();
  await next(values);
}
