/**
 * The loopback addresses that the broker listens on.
 *
 * "localhost" is 127.0.0.1 on one machine and ::1 on another, and some clients try only the first of the two. So a broker
 * on "localhost" listens on both, with one port. A machine without IPv6 has only the first.
 */
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

export const LOOPBACK = ["127.0.0.1", "::1", "localhost"];

/** How often a free port is looked for that both addresses have. */
const TRIES = 10;

/** Listens on a loopback host. Port 0 takes a free one. Rejects when the port is taken or the host is not loopback. */
export async function listenOn(
  host: string,
  port: number,
  onSocket: (socket: Socket) => void,
): Promise<readonly [Server, ...Server[]]> {
  if (!LOOPBACK.includes(host)) {
    throw new Error(`the embedded broker listens on loopback only (${LOOPBACK.join(", ")}), not on ${host}`);
  }
  if (host !== "localhost") return [await listen(host, port, onSocket)];
  for (let left = TRIES; ; left -= 1) {
    const first = await listen("127.0.0.1", port, onSocket);
    try {
      return [first, await listen("::1", portOf(first), onSocket)];
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT") return [first];
      first.close();
      // Another program has that port on ::1. A port that was asked for is taken then, and a free one is looked for again.
      if (code !== "EADDRINUSE" || port !== 0 || left === 0) throw error;
    }
  }
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function listen(host: string, port: number, onSocket: (socket: Socket) => void): Promise<Server> {
  const server = createServer(onSocket);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve(server);
    });
  });
}
