/** Something that speaks enough of PostgreSQL's protocol to be greeted: it says the same to each query. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** The process id that it gives to each session. */
export const STUB_PID = 7;

function message(type: string, ...body: Buffer[]): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, "latin1");
  head.writeInt32BE(4 + body.reduce((sum, { length }) => sum + length, 0), 1);
  return Buffer.concat([head, ...body]);
}
const int16 = (value: number) => Buffer.from([value >> 8, value & 255]);
const int32 = (value: number) => Buffer.concat([int16(value >>> 16), int16(value & 0xffff)]);
const word = (text: string) => Buffer.from(`${text}\0`);

type Value = string | number | boolean;

/** PostgreSQL's numbers for bool, int4 and text. */
const typeOf = (value: Value) => (typeof value === "boolean" ? 16 : typeof value === "number" ? 23 : 25);
const column = (value: Value) => [
  int32(0),
  int16(0),
  int32(typeOf(value)),
  int16(0xffff),
  int32(-1),
  int16(0),
];
const textOf = (value: Value) =>
  Buffer.from(typeof value === "boolean" ? (String(value)[0] ?? "") : `${value}`);
const ready = message("Z", Buffer.from("I"));

function answer(row: Readonly<Record<string, Value>>): Buffer {
  const names = Object.entries(row).flatMap(([name, value]) => [word(name), ...column(value)]);
  const values = Object.values(row)
    .map(textOf)
    .flatMap((value) => [int32(value.length), value]);
  const number = int16(Object.keys(row).length);
  return Buffer.concat([
    message("T", number, ...names),
    message("D", number, ...values),
    message("C", word("SELECT 1")),
    ready,
  ]);
}

/** A failure as a server says it: its SQLSTATE, and words in its own language. */
export class Refusal {
  readonly code: string;
  readonly words: string;

  constructor(code: string, words: string) {
    this.code = code;
    this.words = words;
  }

  get bytes(): Buffer {
    const fields = [`SERROR`, `C${this.code}`, `M${this.words}`].map(word);
    return Buffer.concat([message("E", ...fields, Buffer.alloc(1)), ready]);
  }
}

/** Serves one row, or a refusal, to whoever asks, whatever the question. */
export async function serveStub(said: Readonly<Record<string, Value>> | Refusal) {
  const reply = said instanceof Refusal ? said.bytes : answer(said);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    let isStarted = false;
    socket.on("data", (bytes) => {
      if (!isStarted)
        socket.write(Buffer.concat([message("R", int32(0)), message("K", int32(STUB_PID), int32(1)), ready]));
      else if (bytes[0] === "Q".charCodeAt(0)) socket.write(reply);
      isStarted = true;
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `postgres://stub@127.0.0.1:${(server.address() as AddressInfo).port}/stub`,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
