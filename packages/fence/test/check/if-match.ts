/**
 * A store over HTTP that can compare: each thing has an ETag, and `If-Match` writes only over the ETag that one has seen. S3, and
 * many others, do the same. The fence stands in the thing itself: its value, its revision, and which parts have landed.
 */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Answer, FencedTable } from "../../src/check/index.ts";

interface Thing {
  readonly revision: string;
  readonly parts: Readonly<Record<string, string>>;
  readonly landed: readonly string[];
}

/** GET, and PUT with If-Match or If-None-Match: nothing else. `isBlind`: it does not compare. */
export async function serveStore(isBlind = false) {
  const things = new Map<string, { body: string; tag: string }>();
  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    if (request.method === "GET") {
      const thing = things.get(path);
      response.writeHead(thing ? 200 : 404, { etag: thing?.tag ?? "" }).end(thing?.body);
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { "if-match": match, "if-none-match": none } = request.headers;
    const tag = things.get(path)?.tag;
    if (!isBlind && (none === "*" ? tag !== undefined : match !== tag)) {
      response.writeHead(412).end();
      return;
    }
    things.set(path, { body: Buffer.concat(chunks).toString(), tag: `"${randomUUID()}"` });
    response.writeHead(204).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    clear: () => things.clear(),
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function look(url: string): Promise<{ thing: Thing | undefined; tag: string | null }> {
  const response = await fetch(url);
  const text = await response.text();
  return { thing: response.ok ? JSON.parse(text) : undefined, tag: response.headers.get("etag") };
}

/** True when nobody has changed it since. */
async function swap(url: string, tag: string | null, thing: Thing): Promise<boolean> {
  const headers: Record<string, string> = tag ? { "if-match": tag } : { "if-none-match": "*" };
  return (await fetch(url, { method: "PUT", body: JSON.stringify(thing), headers })).ok;
}

/** Reads, changes and writes, again and again until nobody came between. */
async function change<T>(url: string, by: (thing: Thing | undefined) => [Thing | undefined, T]): Promise<T> {
  for (;;) {
    const { thing, tag } = await look(url);
    const [next, result] = by(thing);
    if (next === undefined || (await swap(url, tag, next))) return result;
  }
}

type Store = Awaited<ReturnType<typeof serveStore>>;

export const ifMatch = ({ url, clear }: Store): FencedTable<string, string> => ({
  connect: async () => url,
  accept: (store, key) =>
    change(store + key, (thing) => {
      const revision = randomUUID();
      return [{ parts: {}, ...thing, revision, landed: [] }, revision];
    }),
  write: (store, { key, token, part, value }) =>
    change<Answer>(store + key, (thing) => {
      if (thing?.revision !== token) return [undefined, "refused"];
      if (thing.landed.includes(`${part}`)) return [undefined, "again"];
      return [
        { ...thing, parts: { ...thing.parts, [part]: value }, landed: [...thing.landed, `${part}`] },
        "written",
      ];
    }),
  read: async (store, key) => (await look(store + key)).thing?.parts[0],
  // What was removed keeps its revision: a tombstone.
  remove: (store, key) => change(store + key, (thing) => [thing && { ...thing, parts: {} }, undefined]),
  beginAnew: async () => clear(),
});
