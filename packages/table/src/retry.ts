/** How long the table may take. A connection whose other end is gone without a word would otherwise be waited for, for ever. */

import pRetry from "p-retry";
import type pg from "pg";
import { isTransient } from "./errors.ts";

export interface Timeouts {
  /** For one question or one step, in milliseconds. Default 30000: a step of 10,000 people takes a tenth of a second. */
  readonly askMs?: number;
  /** For one statement of prepare, in milliseconds. Default 600000: an index over a million people takes seconds. */
  readonly prepareMs?: number;
  /** How long a statement is tried again after its first failure, if that may pass, in milliseconds. Default 20000. */
  readonly retryMs?: number;
}

export const TIMEOUTS: Required<Timeouts> = { askMs: 30_000, prepareMs: 600_000, retryMs: 20_000 };

/**
 * The server gives a statement up after `askMs`, and we give the connection up a little later. In this order: a statement
 * that is tried again should not meet its own first try. (prepare takes more time for itself, see there.)
 */
export function poolTimeouts({ askMs, prepareMs }: Required<Timeouts>): pg.PoolConfig {
  return {
    connectionTimeoutMillis: 5_000,
    statement_timeout: askMs,
    query_timeout: clientTimeout(prepareMs),
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

/** What the client waits for a statement that the server gives up after `ms`. */
export function clientTimeout(ms: number): number {
  return ms * 1.2;
}

/**
 * Does `work`, and does it again after a failure that may pass, with growing pauses, for `retryMs` from the first failure
 * on. Throws the last failure. `work` must be harmless when it is done twice: an answer may be lost, not the deed.
 */
export function retry<T>(work: () => Promise<T>, retryMs: number): Promise<T> {
  let until: number | undefined;
  return pRetry(work, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 50,
    maxTimeout: 2_000,
    shouldRetry({ error }) {
      until ??= performance.now() + retryMs;
      return isTransient(error) && performance.now() < until;
    },
  });
}
