/** A store of objects, as S3 and many HTTP APIs are: GET, and PUT with If-Match or If-None-Match. */
import { createHash } from "node:crypto";
import { type OutsideServer, serve } from "../http-server.ts";

/** Starts an empty one. A precondition that fails is answered with 412, and nothing is written. */
export function startStore(): Promise<OutsideServer> {
  const objects = new Map<string, string>();
  return serve(({ method, url = "/", headers }, body) => {
    const old = objects.get(url);
    if (method === "GET")
      return old === undefined ? { status: 404 } : { status: 200, body: old, headers: { etag: etagOf(old) } };
    if (method !== "PUT") return { status: 405 };
    const mustMatch = headers["if-match"];
    if (mustMatch !== undefined && (old === undefined || mustMatch !== etagOf(old))) return { status: 412 };
    if (headers["if-none-match"] === "*" && old !== undefined) return { status: 412 };
    objects.set(url, body);
    return { status: 200, headers: { etag: etagOf(body) } };
  });
}

const etagOf = (body: string) => `"${createHash("sha256").update(body).digest("hex").slice(0, 16)}"`;
