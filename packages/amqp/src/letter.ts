/** Letter: one message on its way to the broker, and who waits for its confirm. */
import { AmqpError } from "./errors.ts";

export interface Outgoing {
  readonly exchange: string;
  readonly key: string;
  readonly body: Uint8Array;
  readonly isJob: boolean;
  readonly headers?: Record<string, unknown>;
}

/** The message reached no queue. The one failure that says for certain that nothing was stored. */
export class UnroutableError extends AmqpError {}

/** How messages name where a message goes. */
export function targetOf({ exchange, key }: Pick<Outgoing, "exchange" | "key">): string {
  return exchange === "" ? `queue "${key}"` : `exchange "${exchange}"`;
}

/** One message on its way. */
export class Letter {
  // Fields are declared and set in the constructor: much cheaper than field initializers on Node 20.
  declare readonly id: string;
  declare readonly exchange: string;
  declare readonly key: string;
  declare readonly body: Buffer;
  /** At least one queue must take it. Such messages are persistent too. */
  declare readonly isJob: boolean;
  declare readonly headers: Record<string, unknown> | undefined;
  declare readonly until: number;
  declare readonly resolve: () => void;
  declare readonly reject: (error: AmqpError) => void;
  declare isReturned: boolean;
  /** Where it stands among those that are pending: `pending.ts` alone writes these. */
  declare isPending: boolean;
  declare older: Letter | undefined;
  declare newer: Letter | undefined;

  constructor(
    id: string,
    { exchange, key, body, isJob, headers }: Outgoing,
    until: number,
    resolve: () => void,
    reject: (error: AmqpError) => void,
  ) {
    this.id = id;
    this.exchange = exchange;
    this.key = key;
    this.body = Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    this.isJob = isJob;
    this.headers = headers;
    this.until = until;
    this.resolve = resolve;
    this.reject = reject;
    this.isReturned = false;
    this.isPending = false;
    this.older = undefined;
    this.newer = undefined;
  }

  get target(): string {
    return targetOf(this);
  }
}
