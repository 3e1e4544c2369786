/** The part of effect 4 that we call, in its own names, with types that say no more than we need. */
import type { Surface } from "./more.ts";

/** A description of what is to be done. `yield*` in a `gen` does it and gives the result. */
export interface Effect<A> {
  [Symbol.iterator](): Iterator<Effect<unknown>, A, unknown>;
}

/** Not structural: a queue of one type is none of another. */
export interface EffectQueue<in out A> {
  readonly "~of"?: (value: A) => A;
}

export interface EffectLibrary {
  readonly Effect: {
    /** Rejects with the signal's reason or the effect's error. */
    runPromise<A>(effect: Effect<A>, options?: { readonly signal?: AbortSignal }): Promise<A>;
    runSync<A>(effect: Effect<A>): A;
    gen<A>(program: () => Iterator<Effect<unknown>, A, unknown>): Effect<A>;
    map<A, B>(effect: Effect<A>, change: (value: A) => B): Effect<B>;
    match<A, B>(
      effect: Effect<A>,
      ends: { readonly onFailure: (error: unknown) => B; readonly onSuccess: (value: A) => B },
    ): Effect<B>;
    /** The first that ends decides, and the other is interrupted. */
    raceFirst<A, B>(one: Effect<A>, other: Effect<B>): Effect<A | B>;
    /** Starts a fiber, which is Effect's routine. It ends with the one that started it. */
    forkChild(effect: Effect<unknown>): Effect<unknown>;
  };
  readonly Queue: {
    /** Of capacity 0 an offer waits for a take. */
    bounded<A>(capacity: number): Effect<EffectQueue<A>>;
    /** Waits for room. `false`: the queue has ended. */
    offer<A>(queue: EffectQueue<A>, value: A): Effect<boolean>;
    /** Waits for a value. Fails when the queue has ended and is empty. */
    take<A>(queue: EffectQueue<A>): Effect<A>;
    end<A>(queue: EffectQueue<A>): Effect<boolean>;
  };
}

export const SURFACE = {
  Effect: ["runPromise", "runSync", "gen", "map", "match", "raceFirst", "forkChild"],
  Queue: ["bounded", "offer", "take", "end"],
} satisfies { readonly [Part in keyof EffectLibrary]: readonly (keyof EffectLibrary[Part])[] } & Surface;
