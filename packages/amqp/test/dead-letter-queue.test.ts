import { expect, test } from "vitest";
import { bytes, decodeJob, next, onEveryBroker, until } from "./brokers.ts";

onEveryBroker((stage) => {
  const quorum = { type: "quorum" } as const;

  test("the dead-letter queue is of its queue's type, whichever program declares it", async () => {
    // A declaration that differs would be refused with 406.
    const asQuorum = { arguments: { "x-queue-type": "quorum" } };
    const rabbit = await stage.connect();
    const [declared, consumed, deleted] = [stage.name("jobs"), stage.name("jobs"), stage.name("jobs")];
    await rabbit.declareQueue(declared, quorum);
    await rabbit.consume(consumed, { prefetch: 1, queue: quorum, decode: decodeJob });
    const { chan: jobs } = await rabbit.consume(deleted, { prefetch: 1, queue: quorum, decode: decodeJob });
    await stage.bare((amqpChannel) => amqpChannel.deleteQueue(`${deleted}_dead`));
    await rabbit.publish(deleted, bytes("one"));
    await (await next(jobs)).deadLetter("made again when it is needed");
    for (const queue of [declared, consumed, deleted])
      await stage.bare((amqpChannel) =>
        amqpChannel.assertQueue(`${queue}_dead`, { durable: true, ...asQuorum }),
      );
  });

  /** Takes the job and gives it back: that counts like a crash. Resolves with how often the job was there. */
  const comeBack = (queue: string, times: number) =>
    stage.bare(async (amqpChannel) => {
      for (let time = 0; time < times; time++) {
        const message = await amqpChannel.get(queue);
        if (!message) return time;
        amqpChannel.nack(message);
      }
      return times;
    });

  test.each([
    ["a healthy job survives a hundred returns", {}, 100, 0],
    [
      "planted: with the limit that RabbitMQ 4 takes by itself it is dead-lettered",
      { deliveryLimit: 20 },
      21,
      1,
    ],
  ])("%s", async (_, limit, returns, dead) => {
    const queue = stage.name("jobs");
    const rabbit = await stage.connect();
    await rabbit.declareQueue(queue, { ...quorum, ...limit });
    await rabbit.publish(queue, bytes("one"));
    expect(await comeBack(queue, 100)).toBe(returns);
    await expect.poll(() => rabbit.depth(`${queue}_dead`)).toMatchObject({ messages: dead });
    await expect.poll(() => rabbit.depth(queue)).toMatchObject({ messages: 1 - dead });
  });

  test("a queue with another limit, as from before, is refused; the line says what to do, and that helps", async () => {
    const queue = stage.name("jobs");
    const rabbit = await stage.connect();
    await rabbit.declareQueue(queue, { ...quorum, deliveryLimit: 20 });
    await expect(rabbit.declareQueue(queue, quorum)).rejects.toThrow(
      `inequivalent arg 'x-delivery-limit' for queue '${queue}' in vhost '/': received '1000' but current is '20'. ` +
        `End its programs and delete it, with the messages in it (rabbitmqctl delete_queue ${queue}), or use another name.`,
    );
    await stage.bare((amqpChannel) => amqpChannel.deleteQueue(queue));
    await rabbit.declareQueue(queue, quorum);
  });

  test("a dead-letter queue with other arguments, as from before, is told and used, and stops nobody", async () => {
    const queue = stage.name("jobs");
    await stage.bare((amqpChannel) => amqpChannel.assertQueue(`${queue}_dead`, { durable: true }));
    const { rabbit, statuses } = await stage.shaky();
    await rabbit.declareQueue(queue, quorum);
    const told = new RegExp(`queue "${queue}_dead" exists with other arguments: .* It is used as it is`);
    expect((await until(statuses, "failed")).reason).toMatch(told);
    const { chan: jobs } = await rabbit.consume(queue, { prefetch: 1, queue: quorum, decode: decodeJob });
    expect((await until(statuses, "failed")).reason).toMatch(told);
    await rabbit.publish(queue, bytes("bad"));
    await rabbit.publish(queue, bytes("good"));
    expect((await next(jobs)).body).toBe("good");
    expect(await rabbit.depth(`${queue}_dead`)).toMatchObject({ messages: 1 });
  });

  test("a dead-letter queue that cannot be declared stops nobody, and is declared when it can be", async () => {
    const queue = stage.name("jobs");
    const [owner, { rabbit, statuses }] = [await stage.connect(), await stage.shaky()];
    await owner.lock(`${queue}_dead`); // Locked: another connection's exclusive queue.
    const { chan: jobs } = await rabbit.consume(queue, { prefetch: 1, queue: quorum, decode: decodeJob });
    expect((await until(statuses, "failed")).reason).toMatch(
      new RegExp(`queue "${queue}_dead" is held by another connection .* may be lost until then`),
    );
    await rabbit.publish(queue, bytes("one"));
    expect((await next(jobs)).body).toBe("one");
    await owner.close();
    await expect
      .poll(() => rabbit.depth(`${queue}_dead`).catch(() => undefined))
      .toMatchObject({ messages: 0 });
  });
});
