/**
 * JSON made small, and back. Deflate alone finds nothing to repeat in a short text, so the words that each link has are
 * one character each, before it: those below the space, which JSON never holds as they are.
 */

/** The order is part of version 1 of the links: a new word goes to the end, and makes a new version. */
const WORDS = [
  '"steps":',
  '"latencyMs":',
  '"nodes":[{"paceMs":',
  '},{"paceMs":',
  '"commands":[{"atMs":',
  '"faults":[',
  '{"kind":"',
  ',"atMs":',
  ',"forMs":',
  ',"node":',
  '},{"atMs":',
  ',"area":"north-america","shirt":"',
  ',"area":"south-america","shirt":"',
  '"delays":{',
  "purple",
  "blue",
  '"story":{',
  '"stage":"v',
  '"seed":',
  '"beside":"v',
  '"moment":',
  '"}],',
  "cancel ",
  "paint ",
  "deliver ",
  "→n",
] as const;

const letterOf = (index: number): string => String.fromCharCode(index + 1);

/** Longer than any honest link unpacks to; a text can unpack to a thousand times its length. */
const UNPACKED_MAX = 200_000;

export class TooLargeError extends Error {
  override readonly name = "TooLargeError";
}

/** The bytes of a value of JSON. Throws where the browser has no CompressionStream. */
export async function squeeze(value: unknown): Promise<Uint8Array> {
  let text = JSON.stringify(value);
  WORDS.forEach((word, index) => {
    text = text.replaceAll(word, letterOf(index));
  });
  return collect(through(new TextEncoder().encode(text), new CompressionStream("deflate-raw")));
}

/** The value of `squeeze`. Throws TooLargeError, and other errors for bytes that are none of its. */
export async function unsqueeze(bytes: Uint8Array<ArrayBuffer>): Promise<unknown> {
  const plain = await collect(through(bytes, new DecompressionStream("deflate-raw")));
  let text = new TextDecoder("utf-8", { fatal: true }).decode(plain);
  WORDS.forEach((word, index) => {
    text = text.replaceAll(letterOf(index), word);
  });
  return JSON.parse(text);
}

function through(
  bytes: Uint8Array<ArrayBuffer>,
  transform: GenericTransformStream,
): ReadableStream<Uint8Array> {
  return new Blob([bytes]).stream().pipeThrough(transform);
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop cancels the stream: what is too large is not unpacked any further.
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > UNPACKED_MAX) throw new TooLargeError("it unpacks to too much");
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
