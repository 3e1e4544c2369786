/**
 * PGlite behind a port: PostgreSQL for machines that have none. Many clients, one session (see session-lock.ts and session-state.ts).
 *
 * A database that runs inside a process blocks it while a statement runs: serve it from a process of its own.
 */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { Database } from "./database.ts";
import type { ServeError } from "./errors.ts";

export interface ServeOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Keeps the database in this folder; without it, it lives in memory. */
  readonly dir?: string;
  /** How long a client may be idle in a transaction while others wait, in milliseconds. Default 10000. */
  readonly idleMs?: number;
}

export interface PgliteServer {
  /** postgres://… on 127.0.0.1 */
  readonly url: string;
  readonly port: number;
  /** Resolves when the database itself has failed and answers no client any more. */
  readonly failed: Promise<ServeError>;
  /** Ends all connections and closes the database. A second call does nothing. */
  close(): Promise<void>;
}

/** Opens the database and listens on 127.0.0.1. Throws ServeError when the folder cannot be had, Node's error for the port. */
export async function servePglite(options: ServeOptions = {}): Promise<PgliteServer> {
  const { port = 0, dir, idleMs = 10_000 } = options;
  const server = createServer({ noDelay: true });
  // The port first: when it is taken, that is said at once, and no folder was touched.
  await once(server.listen(port, "127.0.0.1"), "listening");
  const at = (server.address() as AddressInfo).port;
  const held: Socket[] = [];
  const hold = (socket: Socket) => void held.push(socket.pause());
  server.on("connection", hold);
  const database = await Database.open(dir, idleMs).catch((error: unknown) => {
    server.close();
    for (const socket of held) socket.destroy();
    throw error;
  });
  server.off("connection", hold);
  server.on("connection", (socket) => database.accept(socket));
  for (const socket of held) database.accept(socket.resume());

  let closing: Promise<void> | undefined;
  return {
    url: `postgres://postgres@127.0.0.1:${at}/postgres`,
    port: at,
    failed: database.failed,
    close: () => {
      server.close();
      closing ??= database.close();
      return closing;
    },
  };
}
