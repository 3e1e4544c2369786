/**
 * A proxy before a database, on which answers can be held back and connections cut.
 *
 * Unlike amqp's fault proxy it silences the connections of one moment only, and ends them in order, as a server does that
 * shuts down.
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface DatabaseProxy {
  readonly url: string;
  /** The connections of this moment hear nothing more, and are not told. Later ones are as good as new. */
  silence(): void;
  /** Ends all connections of this moment. */
  cut(): void;
  /** Ends all connections, and lets nobody in any more. */
  close(): Promise<void>;
}

export async function openProxy(target: string): Promise<DatabaseProxy> {
  const { hostname, port } = new URL(target);
  const silenced = new WeakSet<Socket>();
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(Number(port), hostname);
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
    async close() {
      server.close();
      cut();
      await once(server, "close");
    },
  };
}
