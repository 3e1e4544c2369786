/** A proxy before a database: it can hold back answers and cut connections. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface DatabaseProxy {
  readonly url: string;
  /** The connections of this moment hear nothing more, and are not told. Later ones are as good as new. */
  silence(): void;
  /** Ends all connections of this moment. */
  cut(): void;
  /** Later connections go to this database; `count` says how many have. */
  turnTo(target: string): { count(): number };
  /** Ends all connections, and lets nobody in any more. */
  close(): Promise<void>;
}

export async function openDatabaseProxy(target: string): Promise<DatabaseProxy> {
  let { hostname, port } = new URL(target);
  let count = 0;
  const silenced = new WeakSet<Socket>();
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(Number(port), hostname);
    count++;
    clients.add(client);
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      one.on("error", () => one.destroy());
      one.on("close", () => other.destroy());
    }
    client.on("close", () => clients.delete(client));
    client.on("data", (bytes) => database.write(bytes));
    database.on("data", (bytes) => {
      if (!silenced.has(client)) client.write(bytes);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  const cut = () => {
    for (const client of clients) client.destroy();
  };
  return {
    url: url.href,
    cut,
    silence() {
      for (const client of clients) silenced.add(client);
    },
    turnTo(other) {
      ({ hostname, port } = new URL(other));
      count = 0;
      return { count: () => count };
    },
    async close() {
      server.close();
      cut();
      await once(server, "close");
    },
  };
}
