/**
 * The connection to a live play: a stream that comes back by itself where it broke off, and actions.
 *
 * It is read by `fetch`, not by EventSource: the token goes into a header, never into an address that a program writes down,
 * and a wrong token can be told from a program that has ended. A hidden page lets its stream go, since a browser opens only six
 * to one server; it comes back at its place.
 */
import { EventStream, type Message } from "./event-stream.ts";

export type Link =
  | { readonly state: "connecting" | "real" | "lost" }
  /** The server does not want this page, and will not: `why` is its line. */
  | { readonly state: "refused"; readonly why: string };

export interface ConnectionEvents {
  onLink(link: Link): void;
  /** All that has come with one piece of the stream. */
  onMessages(messages: readonly Message[]): void;
}

const RETRY_MS = [500, 1000, 2000, 4000];
/** The server says at least every ten seconds that it is there. */
const SILENCE_MS = 25_000;

export class Connection {
  readonly #token: string;
  readonly #events: ConnectionEvents;
  #last: string | undefined;
  #abort: AbortController | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #isClosed = false;

  constructor(token: string, events: ConnectionEvents) {
    this.#token = token;
    this.#events = events;
    document.addEventListener("visibilitychange", this.#onVisible);
    this.#onVisible();
  }

  /** Asks the play to do something. Resolves with undefined when it is done, else with one line that says why not. */
  async act(action: object): Promise<string | undefined> {
    try {
      const response = await fetch("./act", {
        method: "POST",
        headers: { ...this.#headers(), "content-type": "application/json" },
        body: JSON.stringify(action),
      });
      return response.ok ? undefined : (await response.text()).trim();
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** Forgets what has come, and hears all again from the start. */
  again(): void {
    this.#last = undefined;
    this.#abort?.abort();
  }

  close(): void {
    this.#isClosed = true;
    document.removeEventListener("visibilitychange", this.#onVisible);
    clearTimeout(this.#retry);
    this.#abort?.abort();
  }

  readonly #onVisible = (): void => {
    clearTimeout(this.#retry);
    if (document.hidden) this.#abort?.abort();
    else if (!this.#abort) void this.#run();
  };

  #headers(): Record<string, string> {
    return { authorization: `Bearer ${this.#token}` };
  }

  async #run(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    try {
      await this.#read(abort);
    } catch {
      // Aborted, or the server is gone: what comes next is the same.
    }
    this.#abort = undefined;
    if (this.#isClosed || document.hidden) return;
    this.#events.onLink({ state: this.#failures === 0 && abort.signal.aborted ? "connecting" : "lost" });
    const waitMs = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)];
    this.#retry = setTimeout(() => void this.#run(), waitMs);
  }

  async #read(abort: AbortController): Promise<void> {
    const headers = { ...this.#headers(), ...(this.#last !== undefined && { "last-event-id": this.#last }) };
    const response = await fetch("./events", { headers, signal: abort.signal, cache: "no-store" });
    if (!response.ok || !response.headers.get("content-type")?.startsWith("text/event-stream"))
      return this.#refused(response);
    if (!response.body) throw new Error("the stream has no body");
    this.#failures = 0;
    this.#events.onLink({ state: "real" });
    const stream = new EventStream();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const silence = setTimeout(() => abort.abort(), SILENCE_MS);
      const { done, value } = await reader.read().finally(() => clearTimeout(silence));
      if (done) return;
      const messages = stream.push(value);
      this.#last = messages.findLast(({ id }) => id !== undefined)?.id ?? this.#last;
      if (messages.length > 0) this.#events.onMessages(messages);
    }
  }

  async #refused(response: Response): Promise<void> {
    const why = (await response.text()).trim();
    // A server of static files knows no such path; full is full for now only.
    if (response.status === 503) throw new Error(why);
    const isOurs = response.status === 401 || response.status === 403;
    this.close();
    this.#events.onLink({ state: "refused", why: isOurs ? why : "" });
  }
}
