/**
 * A TCP proxy that misbehaves on command, to stand between a client and a broker.
 *
 * It knows nothing of AMQP: it passes bytes on, holds them back, or kills connections. Its own port stays the same
 * while it refuses and accepts, so a client that reconnects finds it again.
 */
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Which way bytes go. */
type Way = "toBroker" | "toClient";

export interface FaultProxy {
  /** The target's URL with the proxy's host and port in it. */
  readonly url: string;
  /** Connections open at this moment. */
  readonly connections: number;
  /** Kills every connection at once, as a pulled plug that both ends notice. Returns how many. */
  cut(): number;
  /** From now on every new connection dies once the broker has sent it so many bytes. Resolves when one has. */
  cutAfter(bytes: number): Promise<void>;
  /** Holds all bytes back, both ways or one way; connections stay open and new ones are let in. Nothing is lost. */
  stall(way?: Way): void;
  /** Passes on what was held back, and everything after it. */
  flow(): void;
  /** From now on bytes arrive so many milliseconds later, both ways, in order: a broker that is far away. 0 ends it. */
  lag(ms: number): void;
  /** Lets nobody in any more: a client that connects is refused. Open connections stay. */
  refuse(): Promise<void>;
  /** Lets clients in again, on the same port. */
  accept(): Promise<void>;
  /** Kills everything and frees the port. */
  close(): Promise<void>;
}

/** Starts a proxy on a free loopback port in front of the host and port of `target`, a URL. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<Pair>();
  const held = new Set<Way>();
  const line: Line = { lagMs: 0 };
  let budget = Number.POSITIVE_INFINITY;
  let onSpent = (): void => {};
  const serve = (): Server =>
    createServer((client) => {
      const broker = connect(Number(port || 5672), hostname.replace(/^\[|\]$/g, ""));
      const pair = new Pair(client, broker, line, () => pairs.delete(pair));
      pairs.add(pair);
      pair.hold(held);
      pair.limit(budget, onSpent);
    });
  let server = serve();
  const ownPort = await listen(server, 0);
  const own = new URL(target);
  own.hostname = "127.0.0.1";
  own.port = String(ownPort);
  const cut = (): number => {
    const count = pairs.size;
    for (const pair of pairs) pair.kill();
    return count;
  };
  const refuse = async (): Promise<void> => {
    // `close` would wait for the connections too; not listening any more is all that is asked for.
    if (server.listening) server.close();
  };
  return {
    url: own.href,
    get connections() {
      return pairs.size;
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
      for (const pair of pairs) pair.hold(held);
    },
    flow() {
      held.clear();
      for (const pair of pairs) pair.hold(held);
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

/** How far the broker is. */
interface Line {
  lagMs: number;
}

/** One client's connection and its continuation to the broker. One ends, both end. */
class Pair {
  #client: Socket;
  #broker: Socket;
  #ended: () => void;
  #held: ReadonlySet<Way> = new Set();
  #budget = Number.POSITIVE_INFINITY;
  #onSpent = (): void => {};

  constructor(client: Socket, broker: Socket, line: Line, ended: () => void) {
    this.#client = client;
    this.#broker = broker;
    this.#ended = ended;
    for (const [from, to, way] of [
      [client, broker, "toBroker"],
      [broker, client, "toClient"],
    ] as const) {
      from.setNoDelay(true);
      const pass = (bytes: Buffer): void => {
        const allowed = way === "toClient" ? this.#spend(bytes) : bytes;
        if (to.write(allowed)) return;
        from.pause();
        to.once("drain", () => this.#held.has(way) || from.resume());
      };
      // The bytes on their way; undefined when there are none, and then new ones need not wait.
      let travelling: Promise<unknown> | undefined;
      from.on("data", (bytes) => {
        if (line.lagMs === 0 && travelling === undefined) return pass(bytes);
        const mine = Promise.all([travelling, sleep(line.lagMs)]).then(() => {
          if (!to.destroyed) pass(bytes);
          if (travelling === mine) travelling = undefined;
        });
        travelling = mine;
      });
      from.on("end", () => void Promise.resolve(travelling).then(() => to.end()));
      from.on("error", () => this.kill()); // Whatever happened here, the other side sees a dead connection.
      from.on("close", () => this.kill());
    }
  }

  hold(held: ReadonlySet<Way>): void {
    this.#held = new Set(held);
    if (held.has("toBroker")) this.#client.pause();
    else this.#client.resume();
    if (held.has("toClient")) this.#broker.pause();
    else this.#broker.resume();
  }

  /** Dies after so many bytes to the client, and calls back then. */
  limit(budget: number, onSpent: () => void): void {
    this.#budget = budget;
    this.#onSpent = onSpent;
  }

  #spend(bytes: Buffer): Buffer {
    this.#budget -= bytes.length;
    if (this.#budget > 0) return bytes;
    // What the client was still to get is written first: it dies with exactly these bytes read.
    const rest = bytes.subarray(0, bytes.length + this.#budget);
    this.#client.write(rest, () => {
      this.kill();
      this.#onSpent();
    });
    return Buffer.alloc(0);
  }

  kill(): void {
    this.#ended();
    this.#client.resetAndDestroy();
    this.#broker.resetAndDestroy();
  }
}
