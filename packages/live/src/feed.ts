/**
 * What the pages are told. There are two kinds of news: events, which are a list, and states, of which only the last one counts.
 *
 * Invariants:
 * 1. No page has a queue. A reader is a place in the one list, and the names of the states that it has not seen.
 * 2. The list is bounded, in events and in bytes: what is too old goes. A reader that wanted it is told to start afresh.
 * 3. Numbers rise by one with each event and are never used again, so a reader comes back to its place by a number.
 */

import { EVENTS_KEPT } from "./messages.ts";

export interface FeedLimits {
  /** How many events are kept. Default 50,000. */
  readonly events?: number;
  /** How many characters of events are kept. Default 16 Mi. */
  readonly characters?: number;
}

/** One chunk is at most about so many characters: a slow page holds one chunk, not all that there is. */
const CHUNK = 64 * 1024;

export class Feed {
  readonly #limits: Required<FeedLimits>;
  readonly #states = new Map<string, string>();
  readonly #readers = new Set<Reader>();
  #events: string[] = [];
  /** How many of `#events` are gone already; the array is made short now and then, not each time. */
  #gone = 0;
  #characters = 0;
  /** The number of the oldest event that is kept. */
  #first = 1;

  constructor({ events = EVENTS_KEPT, characters = 16 * 1024 * 1024 }: FeedLimits = {}) {
    this.#limits = { events, characters };
  }

  get first(): number {
    return this.#first;
  }

  /** The number that the next event will have. */
  get end(): number {
    return this.#first + this.#events.length - this.#gone;
  }

  get states(): ReadonlyMap<string, string> {
    return this.#states;
  }

  /** Adds an event. */
  append(value: unknown): void {
    const text = JSON.stringify(value);
    this.#events.push(text);
    this.#characters += text.length;
    while (
      this.end - this.#first > this.#limits.events ||
      (this.#characters > this.#limits.characters && this.end - this.#first > 1)
    )
      this.#drop();
    this.#wake();
  }

  /** Says how `name` is now. What it was before is no longer told. */
  set(name: string, value: unknown): void {
    const text = JSON.stringify(value);
    if (this.#states.get(name) === text) return;
    this.#states.set(name, text);
    for (const reader of this.#readers) reader.unseen.add(name);
    this.#wake();
  }

  at(number: number): string | undefined {
    return number < this.#first ? undefined : this.#events[number - this.#first + this.#gone];
  }

  /** A reader that has seen all events up to `after`; undefined: none. `onNews` is called when there is something to read. */
  read(after: number | undefined, onNews: () => void): Reader {
    const reader = new Reader(this, after, onNews, () => this.#readers.delete(reader));
    this.#readers.add(reader);
    return reader;
  }

  #drop(): void {
    this.#characters -= this.#events[this.#gone]?.length ?? 0;
    this.#events[this.#gone++] = "";
    this.#first++;
    if (this.#gone < 1024 || this.#gone < this.#events.length / 2) return;
    this.#events = this.#events.slice(this.#gone);
    this.#gone = 0;
  }

  #wake(): void {
    for (const reader of this.#readers) reader.onNews();
  }
}

/** One page's place in the feed. */
export class Reader {
  /** States that changed since this reader was told. */
  readonly unseen: Set<string>;
  readonly onNews: () => void;
  /** Forgets this reader. */
  readonly close: () => void;
  readonly #feed: Feed;
  /** The number of the next event to tell; undefined: the reader must start afresh. */
  #next: number | undefined;

  constructor(feed: Feed, after: number | undefined, onNews: () => void, close: () => void) {
    this.#feed = feed;
    this.onNews = onNews;
    this.close = close;
    this.unseen = new Set(feed.states.keys());
    // A number of the future is of another feed.
    this.#next = after === undefined || after >= feed.end ? undefined : after + 1;
  }

  /** The next chunk, as an event stream has it; undefined when all is told. */
  chunk(): string | undefined {
    const feed = this.#feed;
    let text = "";
    for (const name of this.unseen) text += `event: ${name}\ndata: ${feed.states.get(name)}\n\n`;
    this.unseen.clear();
    if (this.#next === undefined || this.#next < feed.first) {
      // What was before the oldest event is gone: the page hears how many, and forgets what it has.
      this.#next = feed.first;
      text += `event: start\ndata: ${JSON.stringify({ missed: feed.first - 1 })}\n\n`;
    }
    while (text.length < CHUNK && this.#next < feed.end) {
      text += `id: ${this.#next}\ndata: ${feed.at(this.#next)}\n\n`;
      this.#next++;
    }
    return text === "" ? undefined : text;
  }
}
