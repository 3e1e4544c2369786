/**
 * Frames: the units on the socket.
 *
 *      0      1         3             7               7+size
 *     +------+---------+-------------+---------------+-----------+
 *     | type | channel |    size     |    payload    | end: 0xCE |
 *     +------+---------+-------------+---------------+-----------+
 *      1 byte  2 bytes     4 bytes      size bytes      1 byte
 *
 *     type 1 method, 2 content header, 3 content body, 8 heartbeat. A message is one method frame, one header
 *     frame and as many body frames as it needs: none for an empty body.
 *
 * 1. Frames come out whole and in order. The bytes of an unfinished frame stay in the parser.
 * 2. A frame above the negotiated maximum is refused before its payload is kept.
 * 3. The payload is a view of the socket's buffer. Code that keeps it must copy it.
 */
import { frameError } from "./errors.ts";
import type { Writer } from "./writer.ts";

export const FRAME = { method: 1, header: 2, body: 3, heartbeat: 8 } as const;
export const FRAME_END = 0xce;
/** How many bytes a frame has beside its payload. */
export const FRAME_OVERHEAD = 8;

export interface Frame {
  readonly type: number;
  readonly amqpChannel: number;
  readonly payload: Buffer;
}

export class FrameParser {
  frameMax: number;
  #chunks: Buffer[] = [];
  #held = 0;
  // How many bytes `next` waits for. Without it a client that sends byte by byte would cost a copy per byte.
  #needed = 7;

  constructor(frameMax: number) {
    this.frameMax = frameMax;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
  }

  /** The next whole frame; undefined until more bytes come. Throws FRAME_ERROR. */
  next(): Frame | undefined {
    if (this.#held < this.#needed) return undefined;
    const bytes = this.#join();
    const size = bytes.readUInt32BE(3);
    const type = bytes.readUInt8(0);
    if (size + FRAME_OVERHEAD > this.frameMax) {
      const problem = `{frame_too_large,${size},${this.frameMax - FRAME_OVERHEAD}}`;
      throw frameError(type, bytes.subarray(0, 0), problem);
    }
    const whole = size + FRAME_OVERHEAD;
    if (bytes.length < whole) {
      this.#needed = whole;
      return undefined;
    }
    if (bytes[whole - 1] !== FRAME_END) {
      throw frameError(type, bytes.subarray(7, whole - 1), `{invalid_frame_end_marker,${bytes[whole - 1]}}`);
    }
    this.#chunks = whole < bytes.length ? [bytes.subarray(whole)] : [];
    this.#held = bytes.length - whole;
    this.#needed = 7;
    return { type, amqpChannel: bytes.readUInt16BE(1), payload: bytes.subarray(7, whole - 1) };
  }

  #join(): Buffer {
    const [first] = this.#chunks;
    if (first && this.#chunks.length === 1) return first;
    const joined = Buffer.concat(this.#chunks, this.#held);
    this.#chunks = [joined];
    return joined;
  }
}

/** Writes one frame; `payload` writes its payload. */
export function writeFrame(writer: Writer, type: number, amqpChannel: number, payload: () => void): void {
  writer.octet(type);
  writer.short(amqpChannel);
  writer.sized(payload);
  writer.octet(FRAME_END);
}

/** Writes the header frame and the body frames of a message. No frame is larger than `frameMax` bytes. */
export function writeContent(
  writer: Writer,
  amqpChannel: number,
  properties: Buffer,
  body: Buffer,
  frameMax: number,
): void {
  writeFrame(writer, FRAME.header, amqpChannel, () => {
    writer.short(60);
    writer.short(0);
    writer.longlong(body.length);
    writer.bytes(properties);
  });
  const step = frameMax - FRAME_OVERHEAD;
  for (let at = 0; at < body.length; at += step) {
    writeFrame(writer, FRAME.body, amqpChannel, () => writer.bytes(body.subarray(at, at + step)));
  }
}
