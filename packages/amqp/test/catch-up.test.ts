/** A subscription that may have missed something asks for it, and misses nothing while it asks. */
import { chan } from "@shirts/chan";
import { expect, test } from "vitest";
import { DeadLetters } from "../src/dead-letter.ts";
import { subscribe } from "../src/subscribe.ts";
import { FakeChannel, fakeSupervisor } from "./fakes.ts";

/** A subscription whose every question waits until the test answers it. */
async function subscription() {
  const connection = fakeSupervisor();
  const { supervisor } = connection;
  const deadLetters = new DeadLetters(
    supervisor,
    async () => {},
    () => {},
  );
  const questions = chan<(answer: string[]) => void>(9);
  const asked: string[] = [];
  const { chan: values } = await subscribe(supervisor, deadLetters, "cancels", {
    decode: (body) => new TextDecoder().decode(body),
    onResubscribe() {
      asked.push("asked");
      return new Promise<string[]>((resolve) => questions.trySend(resolve));
    },
  });
  const answer = async (...what: string[]) => {
    const [resolve] = await questions.recv();
    resolve?.(what);
  };
  return { ...connection, values, asked, answer };
}

test("what was missed is asked for when the new queue is bound and heard, not before", async () => {
  const { open, asked, answer, values } = await subscription();
  const second = new FakeChannel();
  const bindQueue = second.bindQueue.bind(second);
  second.bindQueue = () => {
    second.calls.push(...asked);
    return bindQueue();
  };
  await open(second);
  expect(second.calls).toEqual(["exchange", "queue", "bind", "consume"]);
  expect(asked).toEqual(["asked"]);
  await answer("newest");
  expect(await values.recv()).toEqual(["newest", true]);
});

test("what is missed while one asks is asked for afterwards: once more, not beside it", async () => {
  const { open, asked, answer, values } = await subscription();
  await open(new FakeChannel());
  await open(new FakeChannel());
  await open(new FakeChannel());
  expect(asked).toHaveLength(1);
  await answer("old");
  expect(await values.recv()).toEqual(["old", true]);
  await answer("new");
  expect(await values.recv()).toEqual(["new", true]);
  expect(asked).toHaveLength(2);
});

test("a subscription whose queue the broker takes away asks for another one", async () => {
  const { open, renewed } = await subscription();
  const second = new FakeChannel();
  await open(second);
  second.receive(null);
  expect(renewed()).toBe(1);
});
