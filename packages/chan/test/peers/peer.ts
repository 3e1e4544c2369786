/** What the laws ask of a channel library: each adapter says it in the library's own words, or leaves it out. */

/** What a receive tells: a value, or that the channel is closed, as far as the library can say which. */
export interface Told {
  readonly value: unknown;
  readonly isClosed: boolean;
}

export interface Peer<C = unknown> {
  readonly name: string;
  make(cap: number): C;
  /** Settles when the library says that the value is sent; rejects, or answers false, when it is not. */
  send(c: C, value: unknown): PromiseLike<unknown>;
  recv(c: C): PromiseLike<Told>;
  close(c: C): unknown;
  /** Receives from one of two channels. */
  readonly either?: (a: C, b: C) => PromiseLike<unknown>;
  /** Receives from one or sends to the other; says which. */
  readonly offer?: (from: C, to: C, value: unknown) => PromiseLike<"received" | "sent">;
  /** A receive that is given up before a value comes. */
  readonly giveUp?: (c: C) => Promise<void>;
}

export function peer<C>(it: Peer<C>): Peer {
  return it as unknown as Peer;
}
