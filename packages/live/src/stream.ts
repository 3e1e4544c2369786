/** One page's stream: an event stream (SSE) that goes as fast as the page reads. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Feed } from "./feed.ts";

/** A comment line now and then: a page whose network is gone does not wait for ever. */
const BEAT_MS = 10_000;

/**
 * Writes the feed into `response`, from the event after the request's `Last-Event-ID` on. Nothing is written while the page has
 * not taken what was written before. `onClosed` is called once, when the page has gone.
 */
export function stream(
  request: IncomingMessage,
  response: ServerResponse,
  feed: Feed,
  onClosed: () => void,
): { end(): Promise<void> } {
  const id = request.headers["last-event-id"];
  const after = typeof id === "string" && /^\d{1,15}$/.test(id) ? Number(id) : undefined;
  let isFull = false;
  let isEnding = false;
  const write = () => {
    while (!isFull && !response.writableEnded) {
      const chunk = reader.chunk();
      if (chunk === undefined) break;
      isFull = !response.write(chunk);
    }
    if (isEnding && !isFull) response.end();
  };
  const reader = feed.read(after, write);
  const beat = setInterval(() => {
    if (!isFull) isFull = !response.write(": still here\n\n");
  }, BEAT_MS);
  response.on("drain", () => {
    isFull = false;
    write();
  });
  const closed = new Promise<void>((resolve) => {
    response.once("close", () => {
      clearInterval(beat);
      reader.close();
      onClosed();
      resolve();
    });
  });
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  // The page hears that it is connected before anything happens.
  response.flushHeaders();
  write();
  return {
    end() {
      isEnding = true;
      write();
      return closed;
    },
  };
}
