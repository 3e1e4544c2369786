/** Writes the values of AMQP 0-9-1 to a buffer that grows. */
import type { Field, Table } from "./field.ts";

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

  /** Writes a 4-byte size and then what `body` writes. */
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

  /** Returns a copy of what was written and starts afresh. A buffer that one big message has made large is dropped. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#at));
    this.#at = 0;
    this.#bit = 8;
    if (this.#bytes.length > 65_536) this.#bytes = Buffer.allocUnsafeSlow(512);
    return taken;
  }
}
