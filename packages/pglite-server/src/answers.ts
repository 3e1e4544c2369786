/** What the database answers, in the same protocol: rows and failures, read and reworded. Pure. */

export interface Answer {
  /** All rows of all statements; values as text. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** The first failure. */
  readonly failure: { readonly code: string; readonly text: string } | undefined;
}

export function readAnswer(bytes: Uint8Array): Answer {
  const rows: (string | null)[][] = [];
  let failure: Answer["failure"];
  for (const { type, body } of messagesOf(bytes)) {
    if (type === "D") rows.push(valuesOf(body));
    if (type === "E") failure ??= { code: fieldOf(body, "C"), text: fieldOf(body, "M") };
  }
  return { rows, failure };
}

export interface Expected {
  /** The batch ends with a Flush: the client is not told that the database is ready before it sends its Sync. */
  readonly open: boolean;
  /** Takes the place of the failure whose message holds `mark`. */
  readonly instead?: { readonly mark: string; readonly failure: Buffer };
}

/**
 * The answer to a client's batch, as PostgreSQL gives it. After a failure PGlite says that it is ready, and at the Sync once
 * more; a client that has asked on in between would take the second word for the end of what it asked.
 */
export function settle(bytes: Uint8Array, { open, instead }: Expected): Buffer {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Buffer[] = [];
  let from = 0;
  for (const { type, body, start, end } of messagesOf(all)) {
    const isEarly = type === "Z" && (open || end < all.length);
    const isMarked = type === "E" && instead !== undefined && fieldOf(body, "M").includes(instead.mark);
    if (!isEarly && !isMarked) continue;
    kept.push(all.subarray(from, start));
    if (isMarked) kept.push(instead.failure);
    from = end;
  }
  return from === 0 ? all : Buffer.concat([...kept, all.subarray(from)]);
}

interface Message {
  readonly type: string;
  readonly body: Buffer;
  readonly start: number;
  readonly end: number;
}

function* messagesOf(bytes: Uint8Array): Iterable<Message> {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = 0; start < all.length; ) {
    const end = start + 1 + all.readInt32BE(start + 1);
    yield { type: String.fromCharCode(all[start] ?? 0), body: all.subarray(start + 5, end), start, end };
    start = end;
  }
}

/** A row is its number of values, and each value is its length (-1 for null) and its bytes. */
function valuesOf(body: Buffer): (string | null)[] {
  let at = 2;
  return Array.from({ length: body.readInt16BE(0) }, () => {
    const length = body.readInt32BE(at);
    at += 4;
    if (length < 0) return null;
    at += length;
    return body.toString("utf8", at - length, at);
  });
}

/** A failure is fields: a letter that says which, and words that end with a zero byte. */
function fieldOf(body: Buffer, letter: string): string {
  const field = body
    .toString("utf8")
    .split("\0")
    .find((words) => words.startsWith(letter));
  return field?.slice(1) ?? "";
}
