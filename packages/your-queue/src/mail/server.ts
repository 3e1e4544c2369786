/** A receiver that can compare nothing: it takes mails (or payments), and keeps them for good. It knows an Idempotency-Key. */
import { type OutsideServer, serve } from "../http-server.ts";

/** Starts one. POST takes a mail; GET answers with all mails in their order. */
export function startMailServer(): Promise<OutsideServer> {
  const mails: string[] = [];
  const keys = new Set<string>();
  return serve(({ method, headers }, body) => {
    if (method === "GET") return { status: 200, body: JSON.stringify(mails) };
    if (method !== "POST") return { status: 405 };
    const key = headers["idempotency-key"];
    // The same answer as the first time, and no second mail.
    if (typeof key === "string" && keys.has(key)) return { status: 202 };
    if (typeof key === "string") keys.add(key);
    mails.push(body);
    return { status: 202 };
  });
}
