/** A queue that is full: the broker nacks what it does not take. */
import { expect, test, vi } from "vitest";
import { bytes, onEveryBroker, type Stage } from "./brokers.ts";

/** A queue that takes one message, and nacks the others. */
async function fullQueue(stage: Stage, name: string): Promise<void> {
  await stage.bare(async (amqpChannel) => {
    const limits = { "x-max-length": 1, "x-overflow": "reject-publish" };
    await amqpChannel.assertQueue(name, { durable: true, arguments: limits });
  });
}

onEveryBroker((stage) => {
  test("a message that the broker nacks is sent again, and counts as sent when the broker has taken it", async () => {
    const queue = stage.name("jobs");
    await fullQueue(stage, queue);
    const rabbit = await stage.connect();
    await rabbit.publish(queue, bytes("one"));
    let isSent = false;
    const second = rabbit.publish(queue, bytes("two")).then(() => {
      isSent = true;
    });
    await rabbit.depth(queue); // The nack is here by then, or soon.
    expect(isSent).toBe(false);
    expect((await stage.get(queue)).content.toString()).toBe("one");
    await second;
    expect((await stage.get(queue)).content.toString()).toBe("two");
  });

  test("a job whose dead letter the broker does not take stays unacked, and is dead-lettered when it does", async () => {
    const queue = stage.name("jobs");
    await fullQueue(stage, `${queue}_dead`);
    const failures: string[] = [];
    const rabbit = await stage.connect(stage.url, {
      publishTimeoutMs: 300,
      onStatus: ({ status, reason = "" }) => status === "failed" && failures.push(reason),
    });
    const { chan: jobs } = await rabbit.consume(queue, {
      prefetch: 1,
      decode: (_body, { deadLetter }) => ({ deadLetter }),
    });
    await rabbit.publish(`${queue}_dead`, bytes("takes the room"));
    await rabbit.publish(queue, bytes("nobody can do it"));
    const [job] = await jobs.recv();
    const dead = job?.deadLetter("nobody can do it");
    await vi.waitUntil(() => failures.some((reason) => reason.includes("not confirmed within")), {
      timeout: 10_000,
    });
    expect((await stage.get(`${queue}_dead`)).content.toString()).toBe("takes the room");
    await dead;
    expect((await stage.get(`${queue}_dead`)).content.toString()).toBe("nobody can do it");
    expect(await rabbit.depth(queue)).toEqual({ messages: 0, consumers: 1 });
  });

  test("a job that the broker has back is dead-lettered no more by its old delivery", async () => {
    const queue = stage.name("jobs");
    await fullQueue(stage, `${queue}_dead`);
    const failures: string[] = [];
    const { rabbit, proxy } = await stage.shaky({
      publishTimeoutMs: 300,
      onStatus: ({ status, reason = "" }) => status === "failed" && failures.push(reason),
    });
    const { chan: jobs } = await rabbit.consume(queue, {
      prefetch: 1,
      decode: (_body, { deadLetter, redelivered }) => ({ deadLetter, redelivered }),
    });
    await rabbit.publish(`${queue}_dead`, bytes("takes the room"));
    await rabbit.publish(queue, bytes("nobody can do it"));
    const [first] = await jobs.recv();
    const dead = first?.deadLetter("nobody can do it");
    await vi.waitUntil(() => failures.some((reason) => reason.includes("not confirmed within")), {
      timeout: 10_000,
    });
    proxy.cut();
    const [second] = await jobs.recv();
    expect(second?.redelivered).toBe(true);
    await stage.bare((amqpChannel) => amqpChannel.deleteQueue(`${queue}_dead`));
    await dead;
    // A copy would have made the queue again.
    await expect(rabbit.depth(`${queue}_dead`)).rejects.toThrow();
  });
});
