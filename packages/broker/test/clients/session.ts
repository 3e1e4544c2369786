/**
 * What a client of another project has to do: the same session, written in each client's own words.
 *
 * It publishes 1, 2 and 3 with confirms and consumes with a prefetch of 1. It acks 1, returns 2 once and acks it when it
 * comes again, cancels its consumer while 3 is unacked, and closes. So 3 is left in the queue.
 */

/** Plays the session on the broker at `url`; resolves with what happened, in order. */
export type Session = (url: string, queue: string) => Promise<string[]>;

export const BODIES = ["1", "2", "3"];

/** What happens in the session. */
export const EXPECTED = ["confirmed", "1", "2", "2 (again)", "3"];

/** The deliveries of a session, and what to do with each. */
export class Deliveries {
  readonly log: string[] = ["confirmed"];
  /** Resolves when 3 has come. */
  readonly done: Promise<void>;
  #finish = (): void => {};

  constructor() {
    this.done = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  receive(body: string, isRedelivered: boolean): "ack" | "return" | "keep" {
    this.log.push(`${body}${isRedelivered ? " (again)" : ""}`);
    if (body === "3") {
      this.#finish();
      return "keep";
    }
    return body === "2" && !isRedelivered ? "return" : "ack";
  }
}
