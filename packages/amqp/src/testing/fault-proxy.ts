/**
 * A TCP proxy that misbehaves on command, to stand between a client and a broker.
 *
 * It knows nothing of AMQP: it passes bytes on, holds them back, or kills connections. Its own port stays the same
 * while it refuses and accepts, so a client that reconnects finds it again.
 */
import { connect, createServer, type Server } from "node:net";
import { type Line, ProxiedConnection, type Way } from "./proxied-connection.ts";

/** A broker's bad network. In the examples `proxy` is one, and `rabbit` is connected through it. */
export interface FaultProxy {
  /** The target's URL with the proxy's host and port in it. */
  readonly url: string;
  /** How many connections are open at this moment. */
  readonly connections: number;
  /**
   * Kills every connection at once, like a pulled plug that both ends notice. Answers how many. Never throws.
   *
   * @example
   * proxy.cut(); // => 2
   * await rabbit.declareQueue("jobs"); // Waits until the connection is back.
   */
  cut(): number;
  /**
   * From now on every new connection dies once the broker has sent it so many bytes. Resolves when one has.
   *
   * @example
   * const dead = proxy.cutAfter(100);
   * proxy.cut();
   * await dead;
   */
  cutAfter(bytes: number): Promise<void>;
  /**
   * Holds all bytes back, both ways or one way. Connections stay open, new ones are let in, and nothing is lost.
   *
   * @example
   * await rabbit.declareQueue("jobs");
   * proxy.stall("toClient");
   * const published = rabbit.publish("jobs", Buffer.from("one")); // The broker gets it, and its confirm is held back.
   * proxy.flow();
   * await published;
   */
  stall(way?: Way): void;
  /**
   * Holds back what a client sends from `marker` on, on each connection where it comes. Resolves when it has come. A
   * function looks at the bytes as they come in, and answers where in them to stop; -1: nowhere.
   *
   * @example
   * await rabbit.declareQueue("jobs");
   * const held = proxy.stallAt(Buffer.from([0, 60, 0, 40])); // Class 60, method 40: basic.publish.
   * const published = rabbit.publish("jobs", Buffer.from("one"));
   * await held;
   * proxy.flow();
   * await published;
   */
  stallAt(marker: string | Buffer | ((bytes: Buffer) => number)): Promise<void>;
  /**
   * Passes on what was held back, and everything after it.
   *
   * @example
   * proxy.stall();
   * const declared = rabbit.declareQueue("jobs");
   * proxy.flow();
   * await declared;
   */
  flow(): void;
  /**
   * From now on bytes arrive so many milliseconds later, both ways and in order: a broker that is far away. 0 ends it.
   *
   * @example
   * proxy.lag(10);
   * await rabbit.declareQueue("jobs"); // Takes three round trips of 20 ms.
   */
  lag(ms: number): void;
  /**
   * Refuses every client that connects from now on. Open connections stay. Resolves at once.
   *
   * @example
   * await proxy.refuse();
   * await connect(proxy.url).catch((error: AmqpError) => error.kind); // => "no-broker"
   */
  refuse(): Promise<void>;
  /**
   * Lets clients in again, on the same port. Resolves when it listens. Rejects when the port is taken.
   *
   * @example
   * await proxy.refuse();
   * await proxy.accept();
   * const other = await connect(proxy.url);
   * await other.close();
   */
  accept(): Promise<void>;
  /**
   * Kills every connection and frees the port. Never rejects.
   *
   * @example
   * await proxy.close();
   * proxy.connections; // => 0
   */
  close(): Promise<void>;
}

/**
 * Starts a proxy on a free loopback port in front of the host and port of `target`, a URL. Resolves when it listens.
 * Rejects when there is no free port, and when `target` is no URL.
 *
 * @example
 * const ownProxy = await startFaultProxy(url);
 * const other = await connect(ownProxy.url);
 * ownProxy.connections; // => 2
 * await other.close();
 * await ownProxy.close();
 */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  const connections = new Set<ProxiedConnection>();
  const held = new Set<Way>();
  const line: Line = { lagMs: 0, findStop: undefined, onStop: () => {} };
  let budget = Number.POSITIVE_INFINITY;
  let onSpent = (): void => {};
  const serve = (): Server =>
    createServer((client) => {
      const broker = connect(Number(port || 5672), hostname.replace(/^\[|\]$/g, ""));
      const connection = new ProxiedConnection(client, broker, line, () => connections.delete(connection));
      connections.add(connection);
      connection.hold(held);
      connection.limit(budget, onSpent);
    });
  let server = serve();
  const ownPort = await listen(server, 0);
  const own = new URL(target);
  own.hostname = "127.0.0.1";
  own.port = String(ownPort);
  const cut = (): number => {
    const count = connections.size;
    for (const connection of connections) connection.kill();
    return count;
  };
  const refuse = async (): Promise<void> => {
    // `close` would wait for the connections too; not listening any more is all that is asked for.
    if (server.listening) server.close();
  };
  return {
    url: own.href,
    get connections() {
      return connections.size;
    },
    cut,
    cutAfter(bytes) {
      budget = bytes;
      return new Promise((resolve) => {
        onSpent = resolve;
      });
    },
    stall(way) {
      for (const one of way ? [way] : (["toBroker", "toClient"] as const)) held.add(one);
      for (const connection of connections) connection.hold(held);
    },
    stallAt(marker) {
      line.findStop = typeof marker === "function" ? marker : (bytes) => bytes.indexOf(marker);
      return new Promise((resolve) => {
        line.onStop = resolve;
      });
    },
    flow() {
      held.clear();
      line.findStop = undefined;
      for (const connection of connections) connection.hold(held);
    },
    lag(ms) {
      line.lagMs = ms;
    },
    refuse,
    async accept() {
      if (server.listening) return;
      server = serve();
      await listen(server, ownPort);
    },
    async close() {
      await refuse();
      cut();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}
