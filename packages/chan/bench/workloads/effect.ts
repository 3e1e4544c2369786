/**
 * Four workloads on the queues of effect, when the folder of MORE_PEERS has it. Each is one program of Effect's own, with a fiber
 * where Go has a routine: no promise for each operation, as `runPromise` would make. A queue of capacity 0 buffers nothing.
 */
import { type EffectLibrary, type EffectQueue, SURFACE } from "../../test/peers/effect-surface.ts";
import { folder, importMore } from "../../test/peers/more.ts";
import { check, type Workloads } from "./workloads.ts";

if (folder === undefined) throw new Error("effect: set MORE_PEERS to a folder that has it");
const { Effect, Queue } = await importMore<EffectLibrary>("effect", SURFACE, folder);

const send = (c: EffectQueue<number>, n: number, value?: number) =>
  Effect.gen(function* () {
    for (let i = 0; i < n; i++) yield* Queue.offer(c, value ?? i);
  });

const sumOf = (c: EffectQueue<number>, n: number) =>
  Effect.gen(function* () {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += yield* Queue.take(c);
    return sum;
  });

async function produce(n: number, cap: number): Promise<void> {
  const program = Effect.gen(function* () {
    const c = yield* Queue.bounded<number>(cap);
    yield* Effect.forkChild(send(c, n));
    return yield* sumOf(c, n);
  });
  check((await Effect.runPromise(program)) === (n * (n - 1)) / 2);
}

/** @public */
export const workloads = {
  async "ping-pong"(n) {
    const program = Effect.gen(function* () {
      const ping = yield* Queue.bounded<number>(0);
      const pong = yield* Queue.bounded<number>(0);
      const answer = Effect.gen(function* () {
        for (let i = 0; i < n; i++) yield* Queue.offer(pong, yield* Queue.take(ping));
      });
      yield* Effect.forkChild(answer);
      for (let i = 0; i < n; i++) {
        yield* Queue.offer(ping, i);
        yield* Queue.take(pong);
      }
    });
    await Effect.runPromise(program);
  },
  unbuffered: (n) => produce(n, 0),
  buffered: (n) => produce(n, 128),
  async "fan-in"(n) {
    const program = Effect.gen(function* () {
      const c = yield* Queue.bounded<number>(0);
      for (let p = 0; p < 100; p++) yield* Effect.forkChild(send(c, n / 100, 1));
      return yield* sumOf(c, n);
    });
    check((await Effect.runPromise(program)) === n);
  },
} satisfies Workloads;
