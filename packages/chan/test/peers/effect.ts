/** The queues of effect beside our chans, when the folder of MORE_PEERS has the library. */
import { type EffectLibrary, type EffectQueue, SURFACE } from "./effect-surface.ts";
import { importMore } from "./more.ts";
import { type Peer, peer, type Told } from "./peer.ts";

/** `close` is `Queue.end`, which keeps what is buffered; `Queue.shutdown` would throw it away. */
export async function effectPeer(folder: string): Promise<Peer> {
  const { Effect, Queue } = await importMore<EffectLibrary>("effect", SURFACE, folder);
  return peer<EffectQueue<unknown>>({
    name: "effect",
    make: (cap) => Effect.runSync(Queue.bounded<unknown>(cap)),
    send: (c, value) => Effect.runPromise(Queue.offer(c, value)),
    recv: (c) =>
      Effect.runPromise(
        Effect.match(Queue.take(c), {
          onFailure: (): Told => ({ value: undefined, isClosed: true }),
          onSuccess: (value): Told => ({ value, isClosed: false }),
        }),
      ),
    close: (c) => Effect.runPromise(Queue.end(c)),
    either: (a, b) => Effect.runPromise(Effect.raceFirst(Queue.take(a), Queue.take(b))),
    offer: (from, to, value) =>
      Effect.runPromise(
        Effect.raceFirst(
          Effect.map(Queue.take(from), () => "received" as const),
          Effect.map(Queue.offer(to, value), () => "sent" as const),
        ),
      ),
    async giveUp(c) {
      const controller = new AbortController();
      const given = Effect.runPromise(Queue.take(c), controller).catch(() => {});
      controller.abort();
      await given;
    },
  });
}
