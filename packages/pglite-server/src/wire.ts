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
  | { readonly type: "cancel" }
  | { readonly type: "startup"; readonly database: string };

/**
 * Messages that the database runs together: one simple query, or an extended one up to its Sync. `open` means that it
 * ends with a Flush: more of the same will come, and no other client's messages may come in between.
 */
export interface Batch {
  readonly bytes: Uint8Array;
  readonly open: boolean;
}

const codes = { startup: 196_608, ssl: 80_877_103, gss: 80_877_104, cancel: 80_877_102 };

/** The embedded database would wait for rows that it has no way to receive, and answer no client meanwhile. */
const copiesIn = /\bcopy\b[^;]*\bfrom\s+stdin\b/i;

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
        return { type: "cancel" };
      case codes.startup:
        return { type: "startup", database: databaseOf(packet.toString("utf8", 8)) };
    }
    throw new WireError(`protocol version ${code >>> 16}.${code & 0xffff} is not known here, only 3.0`);
  }

  /** The next batch; undefined while it is not complete, "end" when the client terminates. Throws WireError. */
  batch(): Batch | "end" | undefined {
    while (this.#bytes.length >= 5) {
      const type = String.fromCharCode(this.#bytes[0] ?? 0);
      const length = 1 + this.#bytes.readInt32BE(1);
      if (length < 5) throw new WireError("a message with a length that cannot be");
      if (length + this.#gatheredBytes > BYTES_MAX) throw new WireError("a statement of more than 16 MB");
      if (this.#bytes.length < length) return undefined;
      if (type === "X") return "end";
      // The database would not survive a message that it does not expect, so only these reach it.
      if (!"QPBDECHS".includes(type)) throw new WireError(`a message of type "${type}" is not known here`);
      const piece = this.#cut(length);
      if ((type === "Q" || type === "P") && copiesIn.test(piece.toString("latin1"))) {
        throw new WireError("COPY FROM STDIN cannot be done here; use INSERT");
      }
      this.#gathered.push(piece);
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

  #seal(open: boolean): Batch {
    const bytes = new Uint8Array(Buffer.concat(this.#gathered));
    this.#gathered = [];
    this.#gatheredBytes = 0;
    return { bytes, open };
  }
}

/** The startup's parameters are a name, its value, the next name and so on, each ended by a zero byte. No database means the user's. */
function databaseOf(parameters: string): string {
  const words = parameters.split("\0");
  const pairs = new Map<string, string>();
  for (let i = 0; i + 1 < words.length; i += 2) pairs.set(words[i] ?? "", words[i + 1] ?? "");
  return pairs.get("database") ?? pairs.get("user") ?? "";
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, "latin1");
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

const zeroEnded = (...words: string[]) => Buffer.from(words.map((word) => `${word}\0`).join(""));

/** The answer to a startup packet: no password asked, the server's settings, and ready for the first query. */
export function welcome(settings: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat([
    message("R", Buffer.alloc(4)),
    ...Object.entries(settings).map(([name, value]) => message("S", zeroEnded(name, value))),
    message("K", Buffer.alloc(8)),
    message("Z", Buffer.from("I")),
  ]);
}

/** An error that ends the connection. `code` is one of PostgreSQL's SQLSTATEs. */
export function fatal(code: string, text: string): Buffer {
  return message(
    "E",
    Buffer.concat([zeroEnded("SFATAL", "VFATAL", `C${code}`, `M${text}`), Buffer.alloc(1)]),
  );
}

export const sync: Uint8Array = message("S", Buffer.alloc(0));

/** A Parse that is no SQL: it fails, and with it the batch that it comes to. */
export const failing: Uint8Array = message("P", Buffer.concat([zeroEnded("", "no SQL"), Buffer.alloc(2)]));

export function query(text: string): Uint8Array {
  return message("Q", zeroEnded(text));
}
