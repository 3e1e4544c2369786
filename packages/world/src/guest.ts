/** One client of the served table: reads its bytes, hands its batches to the house one at a time. */
import type { Socket } from "node:net";
import { fatal, Inbox, WireError, welcome } from "./wire.ts";

/** What a guest asks of the house. */
export interface Host {
  run(bytes: Uint8Array, open: boolean): Promise<void>;
  left(): void;
}

/** One connected client. */
export class Guest {
  readonly #socket: Socket;
  readonly #settings: Readonly<Record<string, string>>;
  readonly #host: Host;
  readonly #inbox = new Inbox();
  #greeted = false;
  #reading = false;
  #ended = false;

  constructor(socket: Socket, settings: Readonly<Record<string, string>>, host: Host) {
    this.#socket = socket;
    this.#settings = settings;
    this.#host = host;
    socket.on("data", (chunk: Buffer) => {
      this.#inbox.push(chunk);
      void this.#read();
    });
    // "close" follows every error; there is nothing to say to a client that is gone.
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#ended = true;
      host.left();
    });
  }

  write(data: Uint8Array): void {
    // The bytes belong to the database's memory, and the next statement writes over them.
    if (this.#socket.writable) this.#socket.write(Buffer.from(data));
  }

  end(code: string, text: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#socket.end(fatal(code, text));
    // A client that never reads its last message would keep the connection, and its turn, for ever.
    setTimeout(() => this.#socket.destroy(), 200).unref();
  }

  sendAway(): void {
    this.end("25P03", "sent away: too long idle in a transaction while others waited");
  }

  /** Works through what has come in, one piece after the other. */
  async #read(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      while (!this.#ended && (await this.#step())) {}
    } catch (error) {
      this.end("08P01", error instanceof WireError ? error.message : String(error));
    }
    this.#reading = false;
  }

  /** Takes one piece; false when there is none. */
  async #step(): Promise<boolean> {
    if (!this.#greeted) return this.#greet();
    const batch = this.#inbox.batch();
    if (batch === "end") this.#socket.end();
    if (batch === undefined || batch === "end") return false;
    await this.#host.run(batch.bytes, batch.open);
    return true;
  }

  #greet(): boolean {
    const greeting = this.#inbox.greeting();
    if (greeting?.type === "encrypt") this.#socket.write("N");
    if (greeting?.type === "cancel") this.#socket.end();
    if (greeting?.type === "startup") {
      if (greeting.database !== "postgres") {
        this.end("3D000", `database "${greeting.database}" does not exist; the only one here is "postgres"`);
        return false;
      }
      this.#greeted = true;
      this.#socket.write(welcome(this.#settings));
    }
    return greeting !== undefined;
  }
}
