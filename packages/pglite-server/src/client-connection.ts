/** One client of the server: reads its bytes, and passes its batches to the database one at a time. */
import type { Socket } from "node:net";
import { fatal, Inbox, WireError, welcome } from "./wire.ts";

/** What a client connection does with what it has read. */
export interface Session {
  run(bytes: Uint8Array, open: boolean): Promise<void>;
  disconnected(): void;
}

export class ClientConnection {
  readonly #socket: Socket;
  readonly #settings: Readonly<Record<string, string>>;
  readonly #session: Session;
  readonly #inbox = new Inbox();
  #isStarted = false;
  #isReading = false;
  #hasEnded = false;

  constructor(socket: Socket, settings: Readonly<Record<string, string>>, session: Session) {
    this.#socket = socket;
    this.#settings = settings;
    this.#session = session;
    socket.on("data", (chunk: Buffer) => {
      this.#inbox.push(chunk);
      void this.#read();
    });
    // "close" follows every error; there is nothing to say to a client that is gone.
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#hasEnded = true;
      session.disconnected();
    });
  }

  write(data: Uint8Array): void {
    // The bytes belong to the database's memory, and the next statement writes over them.
    if (this.#socket.writable) this.#socket.write(Buffer.from(data));
  }

  /** Ends the connection with an error that the client can read. `code` is one of PostgreSQL's SQLSTATEs. */
  end(code: string, text: string): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#socket.end(fatal(code, text));
    // A client that never reads its last message would keep the connection, and the session, for ever.
    setTimeout(() => this.#socket.destroy(), 200).unref();
  }

  evict(): void {
    this.end("25P03", "terminated: too long idle in a transaction while others waited");
  }

  /** Works through what has come in, one piece after the other. */
  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      while (!this.#hasEnded && (await this.#step())) {}
    } catch (error) {
      this.end("08P01", error instanceof WireError ? error.message : String(error));
    }
    this.#isReading = false;
  }

  /** Takes one piece; false when there is none. */
  async #step(): Promise<boolean> {
    if (!this.#isStarted) return this.#start();
    const batch = this.#inbox.batch();
    if (batch === "end") this.#socket.end();
    if (batch === undefined || batch === "end") return false;
    await this.#session.run(batch.bytes, batch.open);
    return true;
  }

  #start(): boolean {
    const first = this.#inbox.firstPacket();
    if (first?.type === "encrypt") this.#socket.write("N");
    if (first?.type === "cancel") this.#socket.end();
    if (first?.type === "startup") {
      if (first.database !== "postgres") {
        this.end("3D000", `database "${first.database}" does not exist; the only one here is "postgres"`);
        return false;
      }
      this.#isStarted = true;
      this.#socket.write(welcome(this.#settings));
    }
    return first !== undefined;
  }
}
