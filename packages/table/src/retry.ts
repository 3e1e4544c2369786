/** How long the table may take. A connection whose other end is gone without a word would otherwise be waited for, for ever. */

import pRetry from "p-retry";
import type pg from "pg";
import { isLockTimeout, isTransient } from "./errors.ts";

export interface Timeouts {
  /** For one question or one step, in milliseconds. Default 30000: a step of 10,000 people takes a tenth of a second. */
  readonly askMs?: number;
  /** For one statement of prepare, in milliseconds. Default 600000: an index over a million people takes seconds. */
  readonly prepareMs?: number;
  /** For the row of an area, in milliseconds; then the client looks for a stalled session that holds it. Default 3000. */
  readonly lockMs?: number;
  /** How long a statement is tried again after its first failure, if that may pass, in milliseconds. Default 20000. */
  readonly retryMs?: number;
}

export const TIMEOUTS: Required<Timeouts> = {
  askMs: 30_000,
  prepareMs: 600_000,
  lockMs: 3_000,
  retryMs: 20_000,
};

/**
 * The server gives a statement up after `askMs`, which the session sets for itself, and we give the connection up a little later.
 * In this order: a statement that is tried again should not meet its own first try. (prepare takes more time for itself, see
 * there.)
 */
export function poolTimeouts({ prepareMs }: Required<Timeouts>): pg.PoolConfig {
  return {
    connectionTimeoutMillis: 5_000,
    query_timeout: clientTimeout(prepareMs),
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

/** What the client waits for a statement that the server gives up after `ms`. */
export function clientTimeout(ms: number): number {
  return ms * 1.2;
}

export interface Retry {
  /** How long a failure may be followed by another try, in milliseconds from the first failure on. */
  readonly retryMs: number;
  /** Whether this failure may pass. Default `isTransient`. */
  readonly mayPass?: (error: unknown) => boolean;
  /** Done after a statement has waited too long for a row, before the next try. */
  readonly onLockTimeout: () => Promise<void>;
}

/**
 * Does `work`, and does it again after a failure that may pass, with growing pauses, for `retryMs` from the first failure
 * on. Throws the last failure. `work` must be harmless when it is done twice: an answer may be lost, not the deed.
 */
export function retry<T>(
  work: () => Promise<T>,
  { retryMs, mayPass = isTransient, onLockTimeout }: Retry,
): Promise<T> {
  let until: number | undefined;
  return pRetry(work, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 50,
    maxTimeout: 2_000,
    async shouldRetry({ error }) {
      until ??= performance.now() + retryMs;
      if (!mayPass(error) || performance.now() >= until) return false;
      if (isLockTimeout(error)) await onLockTimeout();
      return true;
    },
  });
}
