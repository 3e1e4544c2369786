/** A client that speaks PostgreSQL's protocol message by message, as a driver would not. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";

export function message(type: string, body: string): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, "latin1");
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, Buffer.from(body, "latin1")]);
}
export const parse = (text: string, name = "") => message("P", `${name}\0${text}\0\0\0`);
export const bind = (name = "") => message("B", `\0${name}\0\0\0\0\0\0\0`);
export const execute = () => message("E", "\0\0\0\0\0");
export const flush = () => message("H", "");
export const sync = () => message("S", "");

/** A first packet: its code, and what follows. */
export function first(code: number, body: Buffer | string = ""): Buffer {
  const packet = Buffer.concat([Buffer.alloc(8), Buffer.from(body)]);
  packet.writeInt32BE(packet.length, 0);
  packet.writeInt32BE(code, 4);
  return packet;
}
export const SSL = first(80_877_103);
export const GSS = first(80_877_104);
/** Version 3.0 is 3 × 65536. */
export const startup = (parameters: Readonly<Record<string, string>> = {}, version = 196_608) =>
  first(
    version,
    `${Object.entries({ user: "postgres", ...parameters })
      .flat()
      .join("\0")}\0\0`,
  );

export function cancelRequest(processId: number, secret: number): Buffer {
  const key = Buffer.alloc(8);
  key.writeInt32BE(processId, 0);
  key.writeInt32BE(secret, 4);
  return first(80_877_102, key);
}

/** Sends one packet over a connection of its own; resolves when the server has ended that. */
export async function sendOnce(port: number, packet: Buffer): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.resume();
  socket.write(packet);
  await once(socket, "close");
}

export class RawClient {
  readonly #socket: Socket;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(port: number) {
    this.#socket = connect(port, "127.0.0.1");
    this.#socket.on("error", () => {});
    this.#socket.on("data", (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
    });
  }

  send(...pieces: readonly Uint8Array[]): void {
    this.#socket.write(Buffer.concat(pieces));
  }

  /** The next so many bytes. */
  async bytes(number: number): Promise<Buffer> {
    while (this.#bytes.length < number) await once(this.#socket, "data");
    const bytes = this.#bytes.subarray(0, number);
    this.#bytes = this.#bytes.subarray(number);
    return bytes;
  }

  async next(): Promise<{ type: string; body: Buffer }> {
    const head = await this.bytes(5);
    return { type: head.toString("latin1", 0, 1), body: await this.bytes(head.readInt32BE(1) - 4) };
  }

  /** Messages up to the next one of this type: their types, and the bodies of all that. */
  async until(type: string): Promise<{ types: string; bodies: Buffer[] }> {
    let types = "";
    const bodies: Buffer[] = [];
    while (!types.endsWith(type)) {
      const got = await this.next();
      types += got.type;
      bodies.push(got.body);
    }
    return { types, bodies };
  }

  end(): void {
    this.#socket.destroy();
  }
}
