// A PostgreSQL whose replica can take over. Clients know one address, which stays: a small TCP proxy that points to the
// primary. (Elsewhere that is a virtual IP, a load balancer, or a name that is resolved anew.)

import { connect, createServer, type Socket } from "node:net";
import { startPostgres } from "./postgres.ts";
import type { PostgresServer } from "./postgres-process.ts";
import { type Replica, type ReplicaOptions, startReplica } from "./replica.ts";

/** As a PostgresServer it is the primary of the moment behind its address; `restart` does not bring back one that was replaced. */
export interface FailoverPostgres extends PostgresServer {
  /** Starts a replica of the primary of the moment; resolves when it follows. Throws when there is one. */
  replicate(options?: ReplicaOptions): Promise<Pick<Replica, "url" | "detach">>;
  /** The primary dies, its replica takes over, and the address points to it. Throws when there is no replica. */
  failover(): Promise<void>;
}

interface Address {
  readonly port: number;
  /** Ends all connections; later ones go to this port. */
  pointTo(port: number): void;
  close(): void;
}

function openAddress(target: number): Promise<Address> {
  let current = target;
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(current, "127.0.0.1");
    clients.add(client);
    // An error is followed by "close", and either end takes the other one with it.
    client.on("error", () => {}).on("close", () => database.destroy());
    database.on("error", () => {}).on("close", () => client.destroy());
    client.on("close", () => clients.delete(client));
    client.pipe(database).pipe(client);
  });
  const cut = () => {
    for (const client of clients) client.destroy();
  };
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      resolve({
        port,
        pointTo(next) {
          current = next;
          cut();
        },
        close() {
          server.close();
          cut();
        },
      });
    });
  });
}

/** Starts a PostgreSQL that can fail over; resolves when it serves (about 2 s). Throws NotInstalledError when there is none. */
export async function startFailoverPostgres(): Promise<FailoverPostgres> {
  let primary: PostgresServer = await startPostgres();
  let replica: Replica | undefined;
  const address = await openAddress(primary.port);
  return {
    url: primary.url.replace(`:${primary.port}/`, `:${address.port}/`),
    port: address.port,
    version: primary.version,
    kill: () => primary.kill(),
    restart: () => primary.restart(),
    shutDown: () => primary.shutDown(),
    pause: () => primary.pause(),
    resume: () => primary.resume(),
    async stop() {
      address.close();
      await replica?.stop();
      await primary.stop();
    },
    async replicate(options) {
      if (replica !== undefined) throw new Error("it has a replica already");
      replica = await startReplica(primary, options);
      return replica;
    },
    async failover() {
      if (replica === undefined) throw new Error("it has no replica to fail over to");
      const old = primary;
      await old.kill();
      await replica.promote();
      [primary, replica] = [replica, undefined];
      address.pointTo(primary.port);
      await old.stop();
    },
  };
}
