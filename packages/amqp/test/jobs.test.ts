import { chan, receiving, trySelect } from "@shirts/chan";
import { expect, test, vi } from "vitest";
import type { DeadLetter, Delivery } from "../src/index.ts";
import { bytes, decodeJob, failure, next, onEveryBroker, string } from "./brokers.ts";

onEveryBroker((stage) => {
  test("a job arrives with its bytes and leaves the queue when it is acked, however often", async () => {
    const queue = stage.name("jobs");
    const rabbit = await stage.connect();
    const { chan: jobs } = await rabbit.consume(queue, { prefetch: 1, decode: decodeJob });
    await rabbit.publish(queue, bytes("one"));
    await rabbit.publish(queue, bytes("two"));
    const one = await next(jobs);
    expect(one).toMatchObject({ body: "one", redelivered: false });
    expect([one.ack(), one.ack()]).toEqual([true, true]);
    expect(await next(jobs)).toMatchObject({ body: "two", redelivered: false });
    await rabbit.close();
    const { chan: other } = await (await stage.connect()).consume(queue, { prefetch: 2, decode: decodeJob });
    expect(await next(other)).toMatchObject({ body: "two", redelivered: true });
    expect(other.tryRecv()).toBeUndefined();
  });

  test("no more jobs are out than the prefetch allows, and all of them fit into the chan", async () => {
    const queue = stage.name("jobs");
    const rabbit = await stage.connect();
    await rabbit.declareQueue(queue);
    for (const body of ["1", "2", "3", "4"]) await rabbit.publish(queue, bytes(body));
    expect(await rabbit.depth(queue)).toEqual({ messages: 4, consumers: 0 });
    const { chan: jobs } = await rabbit.consume(queue, { prefetch: 3, decode: decodeJob });
    expect(jobs.cap).toBe(3);
    const [one, two] = [await next(jobs), await next(jobs)];
    expect(await rabbit.depth(queue)).toEqual({ messages: 1, consumers: 1 });
    two.ack();
    one.ack();
    expect([(await next(jobs)).body, (await next(jobs)).body]).toEqual(["3", "4"]);
  });

  test("a malformed message goes to the dead-letter queue with its reason, is told once, and the next job comes", async () => {
    const queue = stage.name("jobs");
    const letters: DeadLetter[] = [];
    const rabbit = await stage.connect(stage.url, { onDeadLetter: (letter) => letters.push(letter) });
    const { chan: jobs } = await rabbit.consume(queue, { prefetch: 1, decode: decodeJob });
    await rabbit.publish(queue, bytes("bad"));
    await rabbit.publish(queue, bytes("good"));
    expect((await next(jobs)).body).toBe("good");
    expect(letters).toEqual([{ queue, reason: "this is bad" }]);
    const dead = await stage.get(`${queue}_dead`);
    expect(string(dead.content)).toBe("bad");
    expect(dead.properties.headers).toMatchObject({
      "x-reason": "this is bad",
      "x-source": queue,
      "x-source-routing-key": queue,
      "x-source-redelivered": false,
    });
  });

  test("a reason of any length goes to the dead-letter queue with the message, its first kilobyte in the header", async () => {
    const queue = stage.name("jobs");
    const rabbit = await stage.connect();
    const { chan: jobs } = await rabbit.consume(queue, {
      prefetch: 1,
      decode: (body) => {
        if (string(body) === "bad") throw new Error(`${"é".repeat(100_000)} is bad`);
        return string(body);
      },
    });
    await rabbit.publish(queue, bytes("bad"));
    await rabbit.publish(queue, bytes("good"));
    expect(await next(jobs)).toBe("good");
    const { properties } = await stage.get(`${queue}_dead`);
    expect(properties.headers?.["x-reason"]).toBe(`${"é".repeat(512)} ...`);
  });

  test("a job that turns out to be useless later is dead-lettered like a malformed message, and only then is it gone", async () => {
    const queue = stage.name("jobs");
    const letters: DeadLetter[] = [];
    const rabbit = await stage.connect(stage.url, { onDeadLetter: (letter) => letters.push(letter) });
    const { chan: jobs, stop } = await rabbit.consume(queue, { prefetch: 1, decode: decodeJob });
    await rabbit.publish(queue, bytes("homeless"));
    await rabbit.publish(queue, bytes("good"));
    const homeless = await next(jobs);
    await Promise.all([homeless.deadLetter("nobody lives there"), homeless.deadLetter("twice")]);
    expect(letters).toEqual([{ queue, reason: "nobody lives there" }]);
    expect(homeless.ack()).toBe(false);
    const good = await next(jobs);
    expect([good.body, good.ack()]).toEqual(["good", true]);
    await good.deadLetter("too late: it is acked");
    const dead = await stage.get(`${queue}_dead`);
    expect(string(dead.content)).toBe("homeless");
    expect(dead.properties.headers).toMatchObject({
      "x-reason": "nobody lives there",
      "x-source": queue,
      "x-source-routing-key": queue,
    });
    expect(await rabbit.depth(`${queue}_dead`)).toMatchObject({ messages: 0 });
    await stop();
    expect(await rabbit.depth(queue)).toEqual({ messages: 0, consumers: 0 });
  });

  test("a job that was settled before anybody received it is not given back by stop as well", async () => {
    const queue = stage.name("jobs");
    const { rabbit, statuses } = await stage.shaky();
    const early = chan<Delivery>(2);
    const { stop } = await rabbit.consume(queue, {
      prefetch: 2,
      decode: (_body, delivery) => early.trySend(delivery),
    });
    for (const body of ["1", "2"]) await rabbit.publish(queue, bytes(body));
    const [acked, useless] = [await next(early), await next(early)];
    expect(acked.ack()).toBe(true);
    await useless.deadLetter("not wanted");
    await stop();
    expect(await rabbit.depth(queue)).toEqual({ messages: 0, consumers: 0 });
    // A second ack or nack would have closed the AMQP channel with 406.
    expect(statuses.len).toBe(0);
  });

  test("stop does not give back as well what was settled before, and leaves the running jobs their AMQP channel", async () => {
    const queue = stage.name("jobs");
    const rabbit = await stage.connect();
    const early = chan<Delivery>(2);
    const { chan: jobs, stop } = await rabbit.consume(queue, {
      prefetch: 2,
      decode(_body, delivery) {
        early.trySend(delivery);
        return delivery;
      },
    });
    for (const body of ["1", "2"]) await rabbit.publish(queue, bytes(body));
    const running = await next(jobs);
    await next(early);
    (await next(early)).ack();
    await stop();
    // A nack of the one that was acked would have closed the AMQP channel with 406, and this ack would be dropped.
    await rabbit.depth(queue);
    expect(running.ack()).toBe(true);
    await vi.waitFor(async () => expect(await rabbit.depth(queue)).toEqual({ messages: 0, consumers: 0 }));
  });

  test("a malformed message finds its dead-letter queue even when it was declared with other arguments", async () => {
    const queue = stage.name("jobs");
    await stage.bare((amqpChannel) => amqpChannel.assertQueue(`${queue}_dead`, { durable: false }));
    const rabbit = await stage.connect();
    const { chan: jobs } = await rabbit.consume(queue, { prefetch: 1, decode: decodeJob });
    await rabbit.publish(queue, bytes("bad"));
    await rabbit.publish(queue, bytes("good"));
    expect((await next(jobs)).body).toBe("good");
    expect(await rabbit.depth(`${queue}_dead`)).toMatchObject({ messages: 1 });
  });

  test("stop gives back what nobody received, closes the chan, and lets a running job be acked", async () => {
    const queue = stage.name("jobs");
    const rabbit = await stage.connect();
    const { chan: jobs, stop } = await rabbit.consume(queue, { prefetch: 3, decode: decodeJob });
    for (const body of ["1", "2", "3"]) await rabbit.publish(queue, bytes(body));
    const running = await next(jobs);
    const { chan: other } = await (await stage.connect()).consume(queue, { prefetch: 9, decode: decodeJob });
    await stop();
    await stop();
    expect(await jobs.recv()).toEqual([undefined, false]);
    expect([await next(other), await next(other)]).toMatchObject([
      { body: "2", redelivered: true },
      { body: "3", redelivered: true },
    ]);
    running.ack();
    await rabbit.close();
    expect(trySelect({ other: receiving(other) })).toBeUndefined();
    expect(await (await stage.connect()).depth(queue)).toMatchObject({ messages: 0 });
  });

  test("a consumption that is over leaves no AMQP channel behind, whether the last ack came before stop or after", async () => {
    const queue = stage.name("jobs");
    const rabbit = await stage.connect(`${stage.url}?channelMax=4`);
    for (let round = 0; round < 8; round++) {
      const { chan: jobs, stop } = await rabbit.consume(queue, { prefetch: 1, decode: decodeJob });
      await rabbit.publish(queue, bytes(`${round}`));
      const job = await next(jobs);
      expect(job).toMatchObject({ body: `${round}`, redelivered: false });
      if (round % 2 === 0) job.ack();
      await stop();
      if (round % 2 === 1) job.ack();
    }
    expect(await rabbit.depth(queue)).toEqual({ messages: 0, consumers: 0 });
  });

  test("a connection that has no AMQP channel left says so", async () => {
    const rabbit = await stage.connect(`${stage.url}?channelMax=1`);
    await rabbit.consume(stage.name("jobs"), { prefetch: 1, decode: decodeJob });
    const second = await failure(rabbit.consume(stage.name("jobs"), { prefetch: 1, decode: decodeJob }));
    expect(second.message).toMatch(/queue ".*jobs.*" finds no free AMQP channel/);
  });

  test("a deleted queue is declared again and consumed again", async () => {
    const queue = stage.name("jobs");
    const rabbit = await stage.connect(stage.url, { reconnectMs: { first: 1, longest: 5 } });
    const { chan: jobs } = await rabbit.consume(queue, { prefetch: 1, decode: decodeJob });
    await rabbit.publish(queue, bytes("before"));
    const before = await next(jobs);
    await stage.bare((amqpChannel) => amqpChannel.deleteQueue(queue));
    before.ack();
    // The queue is back when a message can be routed to it.
    const publish = (): Promise<void> => rabbit.publish(queue, bytes("after")).catch(publish);
    await publish();
    expect((await next(jobs)).body).toBe("after");
  });

  test("purge throws away what waits, and says how many", async () => {
    const queue = stage.name("jobs");
    const rabbit = await stage.connect();
    await rabbit.declareQueue(queue);
    for (const body of ["1", "2"]) await rabbit.publish(queue, bytes(body));
    expect(await rabbit.purge(queue)).toBe(2);
    expect(await rabbit.depth(queue)).toEqual({ messages: 0, consumers: 0 });
  });

  test("an ack inside decode is refused: it would let jobs pile up behind the prefetch", async () => {
    const queue = stage.name("jobs");
    const letters: DeadLetter[] = [];
    const rabbit = await stage.connect(stage.url, { onDeadLetter: (letter) => letters.push(letter) });
    const { chan: jobs } = await rabbit.consume(queue, {
      prefetch: 1,
      decode: (body, delivery) => {
        if (string(body) === "eager") delivery.ack();
        if (string(body) === "hasty") void delivery.deadLetter("no");
        return string(body);
      },
    });
    await rabbit.publish(queue, bytes("eager"));
    await rabbit.publish(queue, bytes("hasty"));
    await rabbit.publish(queue, bytes("good"));
    expect(await next(jobs)).toBe("good");
    expect(letters[0]?.reason).toMatch(/ack inside decode/);
    expect(letters[1]?.reason).toMatch(/deadLetter inside decode/);
  });

  test.each([0, -1, 1.5, 65_536])("a prefetch of %s is refused", async (prefetch) => {
    const rabbit = await stage.connect();
    expect((await failure(rabbit.consume("q", { prefetch, decode: decodeJob }))).message).toMatch(
      /queue "q": prefetch is a whole number from 1 to 65535/,
    );
  });

  test("closing twice closes once; the chans end, and what was published before is confirmed", async () => {
    const queue = stage.name("jobs");
    const rabbit = await stage.connect();
    const { chan: jobs } = await rabbit.consume(queue, { prefetch: 1, decode: decodeJob });
    const published = Promise.all([1, 2, 3].map((n) => rabbit.publish(queue, bytes(`${n}`))));
    await Promise.all([rabbit.close(), rabbit.close()]);
    await published;
    expect(await jobs.recv()).toEqual([undefined, false]);
    expect((await failure(rabbit.publish(queue, bytes("late")))).message).toMatch(/closed/);
    expect((await failure(rabbit.depth(queue))).message).toMatch(/closed/);
    expect((await failure(rabbit.consume(queue, { prefetch: 1, decode: decodeJob }))).message).toMatch(
      /closed/,
    );
    expect(await (await stage.connect()).depth(queue)).toEqual({ messages: 3, consumers: 0 });
  });
});
