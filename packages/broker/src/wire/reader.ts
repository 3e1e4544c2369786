/** Reads the values of AMQP 0-9-1 from a buffer. It never reads past its end: it throws FRAME_ERROR. */
import { AmqpError } from "./errors.ts";
import type { Field, Table } from "./field.ts";

/** Without a bound a hostile frame with tables inside tables could exhaust the stack. */
const DEPTH_MAX = 64;

export class Reader {
  readonly #bytes: Buffer;
  #at = 0;
  #depth = 0;
  // Neighbouring bits share a byte. Any other read ends it.
  #bit = 8;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  #take(size: number): number {
    const start = this.#at;
    if (size > this.#bytes.length - start)
      throw new AmqpError("FRAME_ERROR", "a value runs past the end of its frame");
    this.#at = start + size;
    this.#bit = 8;
    return start;
  }

  octet(): number {
    return this.#bytes.readUInt8(this.#take(1));
  }

  short(): number {
    return this.#bytes.readUInt16BE(this.#take(2));
  }

  long(): number {
    return this.#bytes.readUInt32BE(this.#take(4));
  }

  longlong(): number {
    const start = this.#take(8);
    return this.#bytes.readUInt32BE(start) * 0x1_0000_0000 + this.#bytes.readUInt32BE(start + 4);
  }

  bit(): boolean {
    const bit = this.#bit;
    if (bit === 8) {
      this.#take(1);
      this.#bit = 1;
      return (this.#byteBefore() & 1) !== 0;
    }
    this.#bit = bit + 1;
    return (this.#byteBefore() & (1 << bit)) !== 0;
  }

  #byteBefore(): number {
    return this.#bytes.readUInt8(this.#at - 1);
  }

  shortstr(): string {
    return this.#text(this.octet());
  }

  longstr(): string {
    return this.#text(this.long());
  }

  #text(size: number): string {
    const start = this.#take(size);
    return this.#bytes.toString("latin1", start, start + size);
  }

  table(): Table {
    const table = new Map<string, Field>();
    const end = this.#enter(this.long());
    while (this.#at < end) {
      const key = this.shortstr();
      table.set(key, this.#field());
    }
    this.#leave(end);
    return table;
  }

  #array(): Field[] {
    const fields: Field[] = [];
    const end = this.#enter(this.long());
    while (this.#at < end) fields.push(this.#field());
    this.#leave(end);
    return fields;
  }

  #enter(size: number): number {
    if (size > this.#bytes.length - this.#at)
      throw new AmqpError("FRAME_ERROR", "a table runs past the end of its frame");
    if (++this.#depth > DEPTH_MAX) throw new AmqpError("FRAME_ERROR", "tables are nested too deeply");
    return this.#at + size;
  }

  #leave(end: number): void {
    this.#depth -= 1;
    if (this.#at !== end)
      throw new AmqpError("FRAME_ERROR", "a table's last value runs past the table's end");
  }

  #field(): Field {
    const type = String.fromCharCode(this.octet());
    const bytes = this.#bytes;
    switch (type) {
      case "S":
      case "x":
        return { type, value: this.longstr() };
      case "t":
        return { type, value: this.octet() !== 0 };
      case "b":
        return { type, value: bytes.readInt8(this.#take(1)) };
      case "B":
        return { type, value: this.octet() };
      case "s":
        return { type, value: bytes.readInt16BE(this.#take(2)) };
      case "u":
        return { type, value: this.short() };
      case "I":
        return { type, value: bytes.readInt32BE(this.#take(4)) };
      case "i":
        return { type, value: this.long() };
      case "l":
        return { type, value: bytes.readBigInt64BE(this.#take(8)) };
      case "T":
        return { type, value: bytes.readBigUInt64BE(this.#take(8)) };
      case "f":
        return { type, value: bytes.readFloatBE(this.#take(4)) };
      case "d":
        return { type, value: bytes.readDoubleBE(this.#take(8)) };
      case "D":
        return { type, value: { scale: this.octet(), digits: this.long() } };
      case "A":
        return { type, value: this.#array() };
      case "F":
        return { type, value: this.table() };
      case "V":
        return { type, value: undefined };
      default:
        throw new AmqpError("FRAME_ERROR", `unknown field type ${type.charCodeAt(0)}`);
    }
  }
}
