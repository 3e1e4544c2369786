/** A page without a browser: it reads the stream of a live play, and acts. */
import { EventEmitter, once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { createInterface } from "node:readline";
import type { Action, States } from "@shirts/live/messages";
import type { TraceEvent } from "@shirts/story";
import type { Demo } from "./demo.ts";

export interface PageClient {
  readonly url: string;
  readonly events: readonly TraceEvent[];
  readonly states: Partial<States>;
  /** Resolves with "done", or with the line that says why not. */
  act(action: Action): Promise<string>;
  /** Resolves when it holds; rejects when the stream ends before. */
  until(holds: (page: PageClient) => boolean): Promise<void>;
  /** Resolves when the play has closed the stream. */
  readonly ended: Promise<void>;
}

/** Opens the page of a demo that was started with `--page --json`. */
export async function openPage(play: Demo): Promise<PageClient> {
  await play.shows('"page"');
  const line = play.lines.find((one) => one.includes('"page"')) ?? "";
  const { origin, hash } = new URL(JSON.parse(line).page);
  const headers = { authorization: `Bearer ${hash.split("/")[1]}` };
  const asked = get(`${origin}/events`, { headers });
  const [body] = (await once(asked, "response")) as [IncomingMessage];
  const events: TraceEvent[] = [];
  const states: Record<string, unknown> = {};
  const news = new EventEmitter();
  let name = "";
  let isOver = false;
  // A play that is killed says nothing more: its stream ends, like any other.
  body.on("error", () => lines.close());
  const lines = createInterface({ input: body });
  lines.on("line", (text) => {
    const [, field, value = ""] = /^(event|data): (.*)$/.exec(text) ?? [];
    if (field === "event") name = value;
    if (text === "") name = "";
    if (field !== "data") return;
    if (name === "") events.push(JSON.parse(value));
    else states[name] = JSON.parse(value);
    news.emit("news");
  });
  lines.on("error", () => lines.close());
  const ended = new Promise<void>((resolve) => {
    lines.on("close", () => {
      isOver = true;
      news.emit("news");
      resolve();
    });
  });
  const page: PageClient = {
    url: origin,
    events,
    states: states as Partial<States>,
    async act(action) {
      const invited = { ...headers, origin, "content-type": "application/json" };
      const answer = await fetch(`${origin}/act`, {
        method: "POST",
        headers: invited,
        body: JSON.stringify(action),
      });
      return (await answer.text()).trim();
    },
    async until(holds) {
      while (!holds(page)) {
        if (isOver) throw new Error("the stream ended before that");
        await once(news, "news");
      }
    },
    ended,
  };
  return page;
}
