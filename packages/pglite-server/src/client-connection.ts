/** One client of the server: reads its bytes, and passes its batches to the database one at a time. */
import type { Socket } from "node:net";
import { type Batch, readBatch } from "./batch.ts";
import { refuseSetting } from "./refusals.ts";
import { SessionState } from "./session-state.ts";
import { startupSettings } from "./settings.ts";
import {
  type CancelKey,
  cancelled,
  failure,
  Inbox,
  onlyVersion3,
  ready,
  WireError,
  welcome,
} from "./wire.ts";

/** What a client connection does with what it has read. */
export interface Session {
  /** What the server says of itself in its welcome. */
  readonly settings: Readonly<Record<string, string>>;
  readonly cancelKey: CancelKey;
  /** Resolves when the batch has run; with false when it was cancelled before. */
  run(batch: Batch): Promise<boolean>;
  /** Cancels what the client that has this key waits for. */
  cancel(key: CancelKey): void;
  disconnected(): void;
}

export class ClientConnection {
  readonly #socket: Socket;
  readonly #session: Session;
  readonly #inbox = new Inbox();
  /** What the client has made of its session. Undefined before its first packet. */
  state: SessionState | undefined;
  #isReading = false;
  #isSkipping = false;
  #hasEnded = false;

  constructor(socket: Socket, session: Session) {
    this.#socket = socket;
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
    if (this.#socket.writable) this.#socket.write(data);
  }

  /** Ends the connection with an error that the client can read. `code` is one of PostgreSQL's SQLSTATEs. */
  end(code: string, text: string): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#socket.end(failure("FATAL", code, text));
    // A client that never reads its last message would keep the connection, and the session, for ever.
    setTimeout(() => this.#socket.destroy(), 200).unref();
  }

  /** True when a cancel request with this key is for this client. */
  hasKey({ processId, secret }: CancelKey): boolean {
    const own = this.#session.cancelKey;
    return own.processId === processId && own.secret === secret;
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
    if (this.state === undefined) return this.#start();
    const batch = this.#inbox.batch();
    if (batch === "end") this.#socket.end();
    if (batch === undefined || batch === "end") return false;
    if (this.#isSkipping) this.#skip(batch.open);
    else if (!(await this.#session.run(readBatch(batch)))) {
      this.write(cancelled);
      this.#skip(batch.open);
    }
    return true;
  }

  /** After a failure everything is ignored up to the next Sync. */
  #skip(open: boolean): void {
    this.#isSkipping = open;
    if (!open) this.write(ready);
  }

  #start(): boolean {
    const first = this.#inbox.firstPacket();
    if (first?.type === "encrypt") this.#socket.write("N");
    if (first?.type === "cancel") {
      this.#session.cancel(first.key);
      this.#socket.end();
    }
    if (first?.type === "startup") return this.#greet(first.minor, first.parameters);
    return first !== undefined;
  }

  #greet(minor: number, parameters: ReadonlyMap<string, string>): boolean {
    // No database means the user's.
    const database = parameters.get("database") ?? parameters.get("user") ?? "";
    if (database !== "postgres") {
      this.end("3D000", `database "${database}" does not exist; the only one here is "postgres"`);
      return false;
    }
    const given = startupSettings(parameters);
    const refusal = given.map(refuseSetting).find((reason) => reason !== undefined);
    if (refusal !== undefined) {
      this.end("0A000", refusal);
      return false;
    }
    const unknown = [...parameters.keys()].filter((name) => name.startsWith("_pq_."));
    if (minor > 0 || unknown.length > 0) this.#socket.write(onlyVersion3(unknown));
    this.state = new SessionState(given);
    const told = Object.entries(this.#session.settings).map(([name, value]) => [
      name,
      given.find((setting) => setting.name === name.toLowerCase())?.value ?? value,
    ]);
    this.#socket.write(welcome(Object.fromEntries(told), this.#session.cancelKey));
    return true;
  }
}
