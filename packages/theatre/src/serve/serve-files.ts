/** Serves the page's files on this machine alone, as any static host would. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { UsageError } from "@shirts/command-line";
import type { Files } from "@shirts/live";

export interface Served {
  readonly url: string;
  close(): void;
}

/** Serves until `close`. Port 0 takes a free one. Rejects with UsageError when the port is taken. */
export function serveFiles(files: Files, port: number): Promise<Served> {
  const server = createServer(({ method, url = "/" }, response) => {
    const [path = "/"] = url.split("?");
    const file = method === "GET" || method === "HEAD" ? files.get(path) : undefined;
    response.setHeader("x-content-type-options", "nosniff");
    if (!file) response.writeHead(404, { "content-type": "text/plain" }).end("there is no such file\n");
    else
      response.writeHead(200, { "content-type": file.type }).end(method === "HEAD" ? undefined : file.body);
  });
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "EADDRINUSE"
          ? new UsageError(`Port ${port} is taken. Take another one, or leave --port out for a free one.`)
          : error,
      );
    });
    server.listen(port, "127.0.0.1", () => {
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
        close() {
          server.close();
          server.closeAllConnections();
        },
      });
    });
  });
}
