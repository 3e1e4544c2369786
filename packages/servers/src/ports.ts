// Free ports on loopback.

import { createServer, type Server } from "node:net";

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

function close(server: Server): Promise<unknown> {
  return new Promise((done) => server.close(done));
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}

/**
 * Below the ports that systems give to whoever asks for any port (from 32768 on Linux, 49152 elsewhere). A server needs seconds to
 * take its port, at its start and at each restart. A port from above is given to another program meanwhile, once in a while: two
 * brokers then stood behind one address, and one test's nodes took the jobs of another test.
 */
const PORTS = { first: 10_000, end: 32_768 } as const;
const TRIES_MAX = 100;

async function listenSomewhere(): Promise<Server> {
  for (let tries = 1; ; tries++) {
    // By chance: two programs that look at the same time should not find the same one.
    const port = PORTS.first + Math.floor(Math.random() * (PORTS.end - PORTS.first));
    try {
      return await listen(port);
    } catch (error) {
      if (tries === TRIES_MAX) throw error;
    }
  }
}

/** `count` different ports on which no program listens just now, and which the system gives to nobody by itself. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listenSomewhere));
  const ports = servers.map(portOf);
  await Promise.all(servers.map(close));
  return ports;
}

/** It says so in one line. */
export class PortTakenError extends Error {
  override readonly name = "PortTakenError";
}

/**
 * Throws a PortTakenError when another program listens on one of the ports that a server is about to take. Otherwise that
 * program would be asked whether the server is ready, and might say yes.
 */
export async function expectFree(name: string, ...ports: number[]): Promise<void> {
  for (const port of ports) {
    // Whatever the reason is: the server could not take it either.
    const probe = await listen(port).catch(() => undefined);
    if (probe === undefined)
      throw new PortTakenError(
        `${name} cannot start: another program has taken port ${port}. Start it again, and it takes a free one.`,
      );
    await close(probe);
  }
}
