/** Connection status: what two connections together report to the program, each change once. */
import type { AmqpError } from "./errors.ts";

/** One change of the connection. */
export interface ConnectionStatus {
  /**
   * `disconnected`: a connection was lost, and comes back by itself. `connected`: everything is back, every consumption,
   * subscription and lock. `failed`: an attempt failed, and more will follow; each new reason is reported once, and
   * again when the same failure comes back after it was over.
   * `blocked`: the broker is short of memory or disk and takes no messages until `unblocked`; jobs still arrive.
   */
  readonly status: "connected" | "disconnected" | "blocked" | "unblocked" | "failed";
  /** One line about the cause of `disconnected`, `failed` and `blocked`. */
  readonly reason?: string;
  /** The error that `reason` comes from, with its `kind`; for `disconnected` and `failed`. */
  readonly error?: AmqpError;
}

/** What one connection reports about itself. */
export interface ConnectionListener {
  /** The connection is back, with every AMQP channel that belongs on it. */
  up(): void;
  down(error: AmqpError): void;
  /** An attempt of `source`, the connection or a part of it, failed. More attempts follow. */
  failed(source: object, error: AmqpError): void;
  /** What `source` attempted has succeeded. */
  recovered(source: object): void;
  blocked(reason: string): void;
  unblocked(): void;
}

export class StatusReporter {
  #onStatus: ((status: ConnectionStatus) => void) | undefined;
  #isReporting = false;
  #down = new Set<ConnectionListener>();
  /** What each source that tries again has reported last. */
  #failures = new WeakMap<object, string>();

  constructor(onStatus: ((status: ConnectionStatus) => void) | undefined) {
    this.#onStatus = onStatus;
  }

  /** The first connection is complete: from now on, changes are news. */
  begin(): void {
    this.#isReporting = true;
  }

  /** The program closes the connection: what follows is no news. */
  end(): void {
    this.#isReporting = false;
  }

  /** The listener of one connection. `onBlocked` gets the reason, and undefined when the broker takes messages again. */
  listener(onBlocked?: (reason: string | undefined) => void): ConnectionListener {
    const listener: ConnectionListener = {
      up: () => {
        if (this.#down.delete(listener) && this.#down.size === 0) this.#report({ status: "connected" });
      },
      down: (error) => {
        onBlocked?.(undefined);
        const isNews = this.#down.size === 0;
        this.#down.add(listener);
        if (isNews) this.#report({ status: "disconnected", reason: error.message, error });
      },
      failed: (source, error) => {
        if (this.#failures.get(source) === error.message) return;
        this.#failures.set(source, error.message);
        this.#report({ status: "failed", reason: error.message, error });
      },
      recovered: (source) => {
        this.#failures.delete(source);
      },
      blocked: (reason) => {
        onBlocked?.(reason);
        this.#report({ status: "blocked", reason });
      },
      unblocked: () => {
        onBlocked?.(undefined);
        this.#report({ status: "unblocked" });
      },
    };
    return listener;
  }

  #report(status: ConnectionStatus): void {
    if (this.#isReporting) notify(this.#onStatus, status);
  }
}

/**
 * Calls a listener of the program. What it throws is the program's bug: it becomes an uncaught exception, and does not
 * disturb the socket that we are reading from.
 */
export function notify<T>(listener: ((value: T) => void) | undefined, value: T): void {
  try {
    listener?.(value);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
