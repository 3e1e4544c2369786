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

/** `count` different ports on which no program listens just now. Take them soon. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map(portOf);
  await Promise.all(servers.map(close));
  return ports;
}

/**
 * Throws, in one line, when another program listens on one of the ports that a server is about to take. Otherwise that
 * program would be asked whether the server is ready, and might say yes.
 */
export async function expectFree(name: string, ...ports: number[]): Promise<void> {
  for (const port of ports) {
    // Whatever the reason is: the server could not take it either.
    const probe = await listen(port).catch(() => undefined);
    if (probe === undefined)
      throw new Error(
        `${name} cannot start: another program has taken port ${port}. Start it again, and it takes a free one.`,
      );
    await close(probe);
  }
}
