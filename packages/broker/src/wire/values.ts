/**
 * The values of AMQP 0-9-1: numbers, strings and field tables.
 *
 * 1. Strings are byte strings: one char code per byte ("latin1"). So any bytes, UTF-8 or not, pass through unchanged.
 * 2. A field keeps its type letter. What came in as a 16-bit number goes out as one, and error texts can name the type.
 * 3. A reader never reads past its end: it throws FRAME_ERROR.
 *
 *     field table:  | size: 4 bytes | key: short string | type: 1 byte | value | key | type | value ...
 */
import { AmqpError } from "./errors.ts";

export type Field =
  | { readonly type: "S" | "x"; readonly value: string }
  | { readonly type: "b" | "B" | "s" | "u" | "I" | "i" | "f" | "d"; readonly value: number }
  | { readonly type: "l" | "T"; readonly value: bigint }
  | { readonly type: "t"; readonly value: boolean }
  | { readonly type: "D"; readonly value: { readonly scale: number; readonly digits: number } }
  | { readonly type: "A"; readonly value: readonly Field[] }
  | { readonly type: "F"; readonly value: Table }
  | { readonly type: "V"; readonly value: undefined };

export type Table = ReadonlyMap<string, Field>;

/** Tables inside tables end somewhere; without a bound a hostile frame could exhaust the stack. */
const DEPTH_MAX = 64;

export class Reader {
  readonly #bytes: Buffer;
  #at = 0;
  #depth = 0;
  // Bits of neighbouring boolean fields share a byte; any other read starts a fresh one.
  #bit = 8;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
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

/** Appends values to a buffer that grows. `take` hands out what was written and starts afresh. */
export class Writer {
  #bytes: Buffer;
  #at = 0;
  #bit = 8;

  constructor(size = 512) {
    this.#bytes = Buffer.allocUnsafeSlow(size);
  }

  get size(): number {
    return this.#at;
  }

  #grow(size: number): number {
    const start = this.#at;
    const end = start + size;
    if (end > this.#bytes.length) {
      const bigger = Buffer.allocUnsafeSlow(Math.max(end, this.#bytes.length * 2));
      this.#bytes.copy(bigger, 0, 0, start);
      this.#bytes = bigger;
    }
    this.#at = end;
    this.#bit = 8;
    return start;
  }

  octet(value: number): void {
    const start = this.#grow(1);
    this.#bytes[start] = value;
  }

  short(value: number): void {
    const start = this.#grow(2);
    this.#bytes.writeUInt16BE(value, start);
  }

  long(value: number): void {
    const start = this.#grow(4);
    this.#bytes.writeUInt32BE(value, start);
  }

  longlong(value: number): void {
    this.long(Math.floor(value / 0x1_0000_0000));
    this.long(value % 0x1_0000_0000);
  }

  bit(value: boolean): void {
    if (this.#bit === 8) {
      this.octet(0);
      this.#bit = 0;
    }
    if (value) this.#bytes[this.#at - 1] = (this.#bytes[this.#at - 1] ?? 0) | (1 << this.#bit);
    this.#bit += 1;
  }

  shortstr(value: string): void {
    this.octet(value.length);
    this.#text(value);
  }

  longstr(value: string): void {
    this.long(value.length);
    this.#text(value);
  }

  #text(value: string): void {
    const start = this.#grow(value.length);
    this.#bytes.write(value, start, "latin1");
  }

  bytes(value: Buffer): void {
    const start = this.#grow(value.length);
    value.copy(this.#bytes, start);
  }

  table(table: Table): void {
    this.sized(() => {
      for (const [key, field] of table) {
        this.shortstr(key);
        this.#field(field);
      }
    });
  }

  /** Writes a 4-byte size, then what `body` writes, and fills the size in afterwards. */
  sized(body: () => void): void {
    const start = this.#grow(4);
    body();
    this.#bytes.writeUInt32BE(this.#at - start - 4, start);
    this.#bit = 8;
  }

  #field(field: Field): void {
    this.octet(field.type.charCodeAt(0));
    switch (field.type) {
      case "S":
      case "x":
        this.longstr(field.value);
        break;
      case "t":
        this.octet(field.value ? 1 : 0);
        break;
      case "b":
      case "B":
        this.octet(field.value & 0xff);
        break;
      case "s":
      case "u":
        this.short(field.value & 0xffff);
        break;
      case "I":
      case "i":
        this.long(field.value >>> 0);
        break;
      case "l":
      case "T": {
        const start = this.#grow(8);
        this.#bytes.writeBigUInt64BE(BigInt.asUintN(64, field.value), start);
        break;
      }
      case "f": {
        const start = this.#grow(4);
        this.#bytes.writeFloatBE(field.value, start);
        break;
      }
      case "d": {
        const start = this.#grow(8);
        this.#bytes.writeDoubleBE(field.value, start);
        break;
      }
      case "D":
        this.octet(field.value.scale);
        this.long(field.value.digits);
        break;
      case "A":
        this.sized(() => {
          for (const item of field.value) this.#field(item);
        });
        break;
      case "F":
        this.table(field.value);
        break;
      case "V":
    }
  }

  /** A copy of what was written. A buffer that has grown large is let go, so that one big message does not stay for ever. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#at));
    this.#at = 0;
    this.#bit = 8;
    if (this.#bytes.length > 65_536) this.#bytes = Buffer.allocUnsafeSlow(512);
    return taken;
  }
}
