/** What the judge's queue and exchange promise, as RabbitMQ does: an exercise that is judged by a wrong broker teaches wrong things. */
import { play } from "@shirts/basics/play";
import { chan, type RecvChan } from "@shirts/chan";
import type { Message } from "@shirts/learn";
import { expect, test } from "vitest";
import { Fanout } from "../exercises/rabbitmq/fanout.ts";
import { Queue } from "../exercises/rabbitmq/queue.ts";
import { judge } from "../src/exercise.ts";
import { tried } from "../src/tried.ts";

/** What is there now, without waiting. */
function taken(messages: RecvChan<Message>): Message[] {
  const all: Message[] = [];
  for (let it = messages.tryRecv(); it?.[1]; it = messages.tryRecv()) all.push(it[0]);
  return all;
}

const bodies = (messages: readonly Message[]): string[] =>
  messages.map(({ body, redelivered }) => (redelivered ? `${body} again` : body));

test("a consumer has as many in hand as its prefetch says, and an ack brings the next one", () => {
  const { messages } = new Queue(["1", "2", "3", "4"]).consume(2);
  const [first] = taken(messages);
  expect(taken(messages)).toEqual([]);
  first?.ack();
  expect(bodies(taken(messages))).toEqual(["3"]);
});

test("each message goes to one consumer, in turns", () => {
  const queue = new Queue(["1", "2", "3", "4"]);
  const [a, b] = [queue.consume(1), queue.consume(1)];
  expect([bodies(taken(a.messages)), bodies(taken(b.messages))]).toEqual([["1"], ["2"]]);
});

test("what a consumer had in hand comes again first and marked when its connection ends, received or not", () => {
  const queue = new Queue(["1", "2", "3"]);
  const dying = queue.consume(2);
  const received = dying.messages.tryRecv()?.[0];
  dying.end();
  // The broker hears nothing on a connection that has ended.
  received?.ack();
  expect(queue.acked).toEqual([]);
  expect(dying.messages.tryRecv()).toEqual([undefined, false]);
  expect(bodies(taken(queue.consume(3).messages))).toEqual(["1 again", "2 again", "3"]);
});

test("a nack brings it back in front of all others, for the next one in turn that has room", () => {
  const queue = new Queue(["1", "2", "3"]);
  const [a, b] = [queue.consume(1), queue.consume(1)];
  taken(a.messages)[0]?.nack();
  const [again] = taken(a.messages);
  expect(bodies(again ? [again] : [])).toEqual(["1 again"]);
  taken(b.messages)[0]?.ack();
  expect(bodies(taken(b.messages))).toEqual(["3"]);
  expect([queue.acked, queue.unsettled]).toEqual([["2"], ["1", "3"]]);
});

test("a message that is settled twice is an error, as RabbitMQ says it", () => {
  const queue = new Queue(["1"]);
  const [message] = taken(queue.consume(1).messages);
  message?.ack();
  expect(() => message?.nack()).toThrow("PRECONDITION_FAILED");
  expect(queue.settledTwice).toBe("1");
});

test("an exchange copies into each queue that is bound at that moment, and keeps nothing", async () => {
  await play(async () => {
    const exchange = new Fanout<string>(1);
    exchange.publish("too early");
    const [own, other, shared, same] = [
      await exchange.bind(),
      await exchange.bind(),
      await exchange.bind("name"),
      await exchange.bind("name"),
    ];
    exchange.publish("BLUE");
    expect([own, other, shared].map((queue) => queue.tryRecv())).toEqual(Array(3).fill(["BLUE", true]));
    expect([own, other, same].map((queue) => queue.tryRecv())).toEqual(Array(3).fill(undefined));
  });
});

test("what an exercise says to a deadlock comes after what happened", async () => {
  const asleep = "nobody sends";
  const it = {
    task: "",
    law: "",
    hints: ["", "", ""],
    given: async () => ({}),
    solution: async () => ({}),
    async complaint() {
      await tried({ asleep }, async () => void (await chan().recv()));
      return undefined;
    },
  } as const;
  expect(await judge(it, {})).toMatch(/^all routines are asleep .* waits for a chan receive; nobody sends$/);
});
