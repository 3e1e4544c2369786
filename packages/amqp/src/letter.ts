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
  readonly id: string;
  readonly exchange: string;
  readonly key: string;
  readonly body: Buffer;
  /** At least one queue must take it. Such messages are persistent too. */
  readonly isJob: boolean;
  readonly headers: Record<string, unknown> | undefined;
  readonly until: number;
  readonly resolve: () => void;
  readonly reject: (error: AmqpError) => void;
  isReturned = false;
  /** Where it stands among those that are pending: `pending.ts` alone writes these. */
  isPending = false;
  older: Letter | undefined = undefined;
  newer: Letter | undefined = undefined;

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
  }

  get target(): string {
    return targetOf(this);
  }
}
