/**
 * Assembles a published message from its frames.
 *
 *     basic.publish | content header (size, properties) | body | body ...
 *
 * 1. They come in this order, and no other frame comes between them on the same AMQP channel.
 * 2. The bodies together have the size that the header names.
 */
import { type Message, messageFrom } from "../engine/message.ts";
import { AmqpError } from "../wire/errors.ts";
import { FRAME, type Frame } from "../wire/frames.ts";
import type { Args } from "../wire/methods.ts";
import { Reader } from "../wire/reader.ts";

export interface Published {
  readonly args: Args<"basic.publish">;
  readonly message: Message;
}

export class Assembly {
  readonly #bytesMax: number;
  #args: Args<"basic.publish"> | undefined;
  #wireProperties: Buffer | undefined;
  #parts: Buffer[] = [];
  #missing = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Whether a message has begun and is not whole yet. */
  get isBusy(): boolean {
    return this.#args !== undefined;
  }

  /** Refuses a method that came before the message was whole. */
  refuseMethod(): never {
    throw unexpected(
      this.#wireProperties
        ? "expected content body, got non content body frame instead"
        : "expected content header for class 60, got non content header frame instead",
    );
  }

  begin(args: Args<"basic.publish">): void {
    this.#args = args;
  }

  /** Adds a header or body frame. Returns the message once it is whole. */
  add(frame: Frame): Published | undefined {
    const args = this.#args;
    if (!args) throw unexpected("expected method frame, got non method frame instead");
    if (frame.type === FRAME.header) this.#header(frame.payload);
    else this.#body(frame.payload);
    if (this.#missing > 0) return undefined;
    const [first] = this.#parts;
    const body = first && this.#parts.length === 1 ? first : Buffer.concat(this.#parts);
    const message = messageFrom(
      args.exchange,
      args.routingKey,
      this.#wireProperties ?? Buffer.alloc(0),
      body,
    );
    this.clear();
    return { args, message };
  }

  clear(): void {
    this.#args = undefined;
    this.#wireProperties = undefined;
    this.#parts = [];
    this.#missing = 0;
  }

  #header(payload: Buffer): void {
    if (this.#wireProperties) throw unexpected("expected content body, got non content body frame instead");
    const reader = new Reader(payload);
    const classId = reader.short();
    if (classId !== 60) {
      throw unexpected(`expected content header for class 60, got one for class ${classId} instead`);
    }
    reader.short();
    this.#missing = reader.longlong();
    if (this.#missing > this.#bytesMax) {
      const text = `message size ${this.#missing} is larger than configured max size ${this.#bytesMax}`;
      throw new AmqpError("PRECONDITION_FAILED", text);
    }
    // The payload is a view of the socket's buffer. A message may stay for long, so it gets bytes of its own.
    this.#wireProperties = Buffer.from(payload.subarray(12));
  }

  #body(payload: Buffer): void {
    if (!this.#wireProperties) {
      throw unexpected("expected content header for class 60, got non content header frame instead");
    }
    if (payload.length > this.#missing) {
      throw new AmqpError("FRAME_ERROR", "the content body is longer than its header says");
    }
    this.#parts.push(Buffer.from(payload));
    this.#missing -= payload.length;
  }
}

function unexpected(text: string): AmqpError {
  return new AmqpError("UNEXPECTED_FRAME", text);
}
