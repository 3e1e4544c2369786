/** `using` and `await using`: what ends with its block. */

import { expect, test } from "vitest";
import { chan, Group, sleep, tick, WaitGroup, withTimeout } from "../src/index.ts";
import { bubble } from "../src/testing/index.ts";

test("a chan is closed at the end of its block, also when the block throws, and may have been closed before", async () => {
  const [left, thrown, closed] = [chan<number>(), chan<number>(), chan<number>()];
  {
    using sender = left;
    expect(sender.trySend(1)).toBe(false);
    expect(left.tryRecv()).toBeUndefined();
  }
  expect(left.tryRecv()).toEqual([undefined, false]);
  expect(() => {
    using _ = thrown;
    throw new Error("no paint");
  }).toThrow("no paint");
  expect(thrown.tryRecv()).toEqual([undefined, false]);
  {
    using sender = closed;
    sender.close();
  }
  expect(closed.tryRecv()).toEqual([undefined, false]);
});

test("a ticker stops at the end of its block, and stays open", () =>
  bubble(async () => {
    const late = tick(10);
    {
      using ticker = late;
      await ticker.recv();
    }
    await sleep(100);
    expect(late.tryRecv()).toBeUndefined();
  }));

test("a context ends with its block, and its timer is dropped", () =>
  bubble(async () => {
    const [context] = withTimeout(undefined, 1000);
    {
      using _ = context;
      expect(context.err).toBeUndefined();
    }
    await expect(chan<number>().recv(context)).rejects.toThrow("context canceled");
  }));

test("a group waits for its routines at the end of its block, and throws their first error", () =>
  bubble(async () => {
    const ended: string[] = [];
    {
      await using group = new WaitGroup();
      group.go(async () => {
        await sleep(10);
        ended.push("counted");
      });
    }
    const failing = async (): Promise<void> => {
      await using group = new Group();
      group.go(async () => {
        await sleep(10);
        throw new Error("no paint");
      });
    };
    await expect(failing()).rejects.toThrow("no paint");
    expect(ended).toEqual(["counted"]);
  }));
