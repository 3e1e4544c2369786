/**
 * The server of a live page: `GET` gives static files, `GET /events` the stream, `POST /act` takes an action.
 *
 * It listens on 127.0.0.1 and nowhere else. A page that has closed is forgotten at once; a page that reads slowly is not waited
 * for and not stored for (see Feed).
 */
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { z } from "zod";
import { BadRequestError, readBody } from "./body.ts";
import { Feed, type FeedLimits } from "./feed.ts";
import type { Files } from "./files.ts";
import { type Guard, guardOf } from "./guard.ts";
import { HEADERS } from "./headers.ts";
import { stream } from "./stream.ts";

export interface LiveOptions<Action> {
  readonly files: Files;
  /** 0 takes a free one. Default 0. */
  readonly port?: number;
  /** What a page may ask for. */
  readonly action: z.ZodType<Action>;
  /** Does it. What it throws is told to the page that asked, as one line. */
  readonly act: (action: Action) => Promise<void>;
  /** Called when a page has begun to look. */
  readonly onPage?: () => void;
  readonly limits?: FeedLimits;
}

export interface LivePage {
  /** Without the token: `http://127.0.0.1:PORT/`. */
  readonly url: string;
  /** Whoever has it may see and act. */
  readonly token: string;
  /** How many pages look at this moment. */
  readonly pages: number;
  readonly feed: Feed;
  /** Ends each page's stream once it has heard all, and the server. Waits at most `graceMs` for pages that do not read. */
  close(graceMs?: number): Promise<void>;
}

/** More would be no people. */
const PAGES_MAX = 32;

/** Serves until `close`. Rejects with Node's own error when the port is taken. */
export async function serveLive<Action>(options: LiveOptions<Action>): Promise<LivePage> {
  const token = randomBytes(32).toString("base64url");
  const feed = new Feed(options.limits);
  const streams = new Set<{ end(): Promise<void> }>();
  let guard: Guard | undefined;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of HEADERS) response.setHeader(name, value);
    const strange = guard?.strange(request);
    if (strange) return say(response, strange.status, strange.why);
    const [pathname = "/"] = (request.url ?? "/").split("?");
    if (pathname !== "/events" && pathname !== "/act")
      return give(request, response, options.files, pathname);
    const uninvited = guard?.uninvited(request);
    if (uninvited) return say(response, uninvited.status, uninvited.why);
    if (pathname === "/act" && request.method === "POST") {
      await options.act(await readBody(request, options.action));
      return say(response, 200, "done");
    }
    if (pathname !== "/events" || request.method !== "GET") return say(response, 405, "not that way");
    if (streams.size >= PAGES_MAX) return say(response, 503, `${PAGES_MAX} pages look already: close one`);
    const open = stream(request, response, feed, () => streams.delete(open));
    streams.add(open);
    options.onPage?.();
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const status = error instanceof BadRequestError ? error.status : 409;
      // What is left of a body that was refused is not read.
      response.setHeader("connection", "close");
      say(response, status, error instanceof Error ? error.message : String(error));
    });
  });
  // A request that is not complete by then is no page's.
  server.requestTimeout = 10_000;
  server.headersTimeout = 5_000;
  const port = await listen(server, options.port ?? 0);
  guard = guardOf(port, token);
  return {
    url: `http://127.0.0.1:${port}/`,
    token,
    feed,
    get pages() {
      return streams.size;
    },
    async close(graceMs = 1000) {
      server.close();
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await Promise.all([...streams].map((open) => open.end()));
      clearTimeout(timer);
      server.closeAllConnections();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

/** Answers with one line. */
function say(response: ServerResponse, status: number, line: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${line}\n`);
}

function give({ method }: IncomingMessage, response: ServerResponse, files: Files, path: string): void {
  const file = files.get(path);
  if (method !== "GET" && method !== "HEAD") say(response, 405, "files are only read");
  else if (!file) say(response, 404, "there is no such file");
  else {
    response.writeHead(200, { "content-type": file.type, "content-length": file.body.length });
    response.end(method === "HEAD" ? undefined : file.body);
  }
}
