/** A small HTTP server on a free port of 127.0.0.1, for the world outside of the database. */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OutsideServer {
  readonly url: string;
  close(): Promise<void>;
}

/** `answer` is asked for one request at a time, and is synchronous: it is the server's transaction. */
export async function serve(
  answer: (request: IncomingMessage, body: string) => Answer,
): Promise<OutsideServer> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const { status, body, headers } = answer(request, Buffer.concat(parts).toString());
      response.writeHead(status, headers).end(body);
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
