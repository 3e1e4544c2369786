/** One client's connection through the proxy: bytes go on, are held back, arrive late, or die with it. */
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Which way bytes go. */
export type Way = "toBroker" | "toClient";

/** What is done to all connections. */
export interface Line {
  /** How far the broker is. */
  lagMs: number;
  /** Where a client's bytes stop: the place in these bytes, -1 for nowhere. */
  findStop: ((bytes: Buffer) => number) | undefined;
  onStop: () => void;
}

/** One client's connection and its continuation to the broker. One ends, both end. */
export class ProxiedConnection {
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
      const send = (bytes: Buffer): void => {
        if (line.lagMs === 0 && travelling === undefined) {
          pass(bytes);
          return;
        }
        const mine = Promise.all([travelling, sleep(line.lagMs)]).then(() => {
          if (!to.destroyed) pass(bytes);
          if (travelling === mine) travelling = undefined;
        });
        travelling = mine;
      };
      from.on("data", (bytes) => {
        const stop = way === "toBroker" ? (line.findStop?.(bytes) ?? -1) : -1;
        if (stop !== 0) send(stop === -1 ? bytes : bytes.subarray(0, stop));
        if (stop === -1) return;
        from.pause().unshift(bytes.subarray(stop));
        line.onStop();
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
