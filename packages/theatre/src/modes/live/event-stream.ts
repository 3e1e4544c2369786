/** Reads an event stream (SSE) piece by piece, as it comes over the network. Pure. */

export interface Message {
  /** "message" where the stream names none. */
  readonly event: string;
  readonly data: string;
  /** The number of this event, where it has one. */
  readonly id: string | undefined;
}

/** No message of ours is so long. */
const LINE_MAX = 1_000_000;

export class EventStream {
  #rest = "";
  #event = "";
  #data: string[] = [];
  #id: string | undefined;

  /** Takes the next piece, and returns the messages that are complete with it. Throws when a line has no end. */
  push(piece: string): Message[] {
    const lines = (this.#rest + piece).split("\n");
    this.#rest = lines.pop() ?? "";
    if (this.#rest.length > LINE_MAX) throw new Error("the stream has a line without an end");
    return lines.flatMap((line) => this.#line(line.replace(/\r$/, "")));
  }

  #line(line: string): Message[] {
    if (line === "") return this.#end();
    const [, field, value = ""] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (field === "event") this.#event = value;
    if (field === "data") this.#data.push(value);
    if (field === "id") this.#id = value;
    return [];
  }

  #end(): Message[] {
    const message = { event: this.#event || "message", data: this.#data.join("\n"), id: this.#id };
    const isEmpty = this.#data.length === 0;
    this.#event = "";
    this.#data = [];
    this.#id = undefined;
    return isEmpty ? [] : [message];
  }
}
