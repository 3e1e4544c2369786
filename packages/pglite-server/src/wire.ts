/**
 * The little of PostgreSQL's wire protocol (version 3) that a server in front of PGlite must read and say itself.
 * Pure: bytes in, bytes out.
 *
 *     first packet     int32 length | int32 code | ...                 startup, SSL, GSS or cancel request
 *     every other      byte type    | int32 length | ...               length counts itself, not the type
 */

/** No client's statement is longer; without a bound, a stranger's bytes could ask for two gigabytes of memory. */
const BYTES_MAX = 16 * 1024 * 1024;

/** The client does not speak the protocol, or not the part of it that this server knows. */
export class WireError extends Error {
  override readonly name = "WireError";
}

/** A client's first packet, by what it asks for. */
export type FirstPacket =
  | { readonly type: "encrypt" }
  | { readonly type: "cancel"; readonly key: CancelKey }
  | { readonly type: "startup"; readonly minor: number; readonly parameters: ReadonlyMap<string, string> };

/** What a server gives a client for its cancel requests: which process serves it, and a secret. */
export interface CancelKey {
  readonly processId: number;
  readonly secret: number;
}

/**
 * Messages that the database runs together: one simple query, or an extended one up to its Sync. `open` means that it
 * ends with a Flush: more of the same will come, and no other client's messages may come in between.
 */
export interface Messages {
  readonly pieces: readonly Buffer[];
  readonly open: boolean;
}

/** Major version 3 of the protocol, in the upper half; the minor version is in the lower half. */
const MAJOR = 3;
const codes = { ssl: 80_877_103, gss: 80_877_104, cancel: 80_877_102 };

/** Cuts one client's stream of bytes into first packets and batches. */
export class Inbox {
  #bytes: Buffer = Buffer.alloc(0);
  #gathered: Buffer[] = [];
  #gatheredBytes = 0;

  push(chunk: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
  }

  /** The next first packet; undefined while it is not complete. Throws WireError. */
  firstPacket(): FirstPacket | undefined {
    if (this.#bytes.length < 8) return undefined;
    const length = this.#bytes.readInt32BE(0);
    const code = this.#bytes.readInt32BE(4);
    if (length < 8 || length > 10_000) throw new WireError("this is PostgreSQL's protocol, and nothing else");
    if (this.#bytes.length < length) return undefined;
    const packet = this.#cut(length);
    switch (code) {
      case codes.ssl:
      case codes.gss:
        return { type: "encrypt" };
      case codes.cancel:
        if (length !== 16) throw new WireError("a cancel request of another length than 16 bytes");
        return {
          type: "cancel",
          key: { processId: packet.readInt32BE(8), secret: packet.readInt32BE(12) },
        };
    }
    if (code >>> 16 === MAJOR)
      return { type: "startup", minor: code & 0xffff, parameters: parametersOf(packet.toString("utf8", 8)) };
    throw new WireError(`protocol version ${code >>> 16}.${code & 0xffff} is not known here, only 3.0`);
  }

  /** The next batch; undefined while it is not complete, "end" when the client terminates. Throws WireError. */
  batch(): Messages | "end" | undefined {
    while (this.#bytes.length >= 5) {
      const type = String.fromCharCode(this.#bytes[0] ?? 0);
      const length = 1 + this.#bytes.readInt32BE(1);
      if (length < 5) throw new WireError("a message with a length that cannot be");
      if (length + this.#gatheredBytes > BYTES_MAX) throw new WireError("a statement of more than 16 MB");
      if (this.#bytes.length < length) return undefined;
      if (type === "X") return "end";
      // The database would not survive a message that it does not expect, so only these reach it.
      if (!"QPBDECHS".includes(type)) throw new WireError(`a message of type "${type}" is not known here`);
      this.#gathered.push(this.#cut(length));
      this.#gatheredBytes += length;
      if (type === "Q" || type === "S") return this.#seal(false);
      if (type === "H") return this.#seal(true);
    }
    return undefined;
  }

  #cut(length: number): Buffer {
    const piece = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return piece;
  }

  #seal(open: boolean): Messages {
    const pieces = this.#gathered;
    this.#gathered = [];
    this.#gatheredBytes = 0;
    return { pieces, open };
  }
}

/** The startup's parameters are a name, its value, the next name and so on, each ended by a zero byte. */
function parametersOf(text: string): Map<string, string> {
  const words = text.split("\0");
  const parameters = new Map<string, string>();
  for (let i = 0; i + 1 < words.length && words[i] !== ""; i += 2)
    parameters.set(words[i] ?? "", words[i + 1] ?? "");
  return parameters;
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, "latin1");
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

const zeroEnded = (...words: string[]) => Buffer.from(words.map((word) => `${word}\0`).join(""));

const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value | 0);
  return bytes;
};

/** Ready for the next batch, outside of any transaction. */
export const ready: Buffer = message("Z", Buffer.from("I"));

/** The answer to a startup packet: no password asked, the server's settings, its cancel key, and ready for the first query. */
export function welcome(settings: Readonly<Record<string, string>>, key: CancelKey): Buffer {
  return Buffer.concat([
    message("R", Buffer.alloc(4)),
    ...Object.entries(settings).map(([name, value]) => message("S", zeroEnded(name, value))),
    message("K", Buffer.concat([int32(key.processId), int32(key.secret)])),
    ready,
  ]);
}

/** To a client that asked for a newer minor version, or for options of one: only 3.0 is spoken here. */
export function onlyVersion3(options: readonly string[]): Buffer {
  return message("v", Buffer.concat([int32(MAJOR << 16), int32(options.length), zeroEnded(...options)]));
}

/** `code` is one of PostgreSQL's SQLSTATEs. A FATAL one ends the connection. */
export function failure(severity: "ERROR" | "FATAL", code: string, text: string): Buffer {
  return message(
    "E",
    Buffer.concat([zeroEnded(`S${severity}`, `V${severity}`, `C${code}`, `M${text}`), Buffer.alloc(1)]),
  );
}

export const cancelled: Buffer = failure("ERROR", "57014", "canceling statement due to user request");

/** A statement that cannot be had here. */
export const refused = (reason: string): Buffer => failure("ERROR", "0A000", reason);

export const sync: Uint8Array = message("S", Buffer.alloc(0));

export function query(text: string): Buffer {
  return message("Q", zeroEnded(text));
}

/** Gives a statement a name; the types are PostgreSQL's numbers of types, one for each parameter. */
export function parse(name: string, text: string, types: readonly number[] = []): Buffer {
  const count = Buffer.from([types.length >> 8, types.length & 255]);
  return message("P", Buffer.concat([zeroEnded(name, text), count, ...types.map(int32)]));
}
