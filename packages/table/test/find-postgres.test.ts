/** Tests that need a real PostgreSQL must not take PGlite for one; and whatever answers is told by its name. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { servePglite } from "@shirts/pglite-server";
import { afterEach, expect, it } from "vitest";
import { openTable } from "../src/index.ts";
import { findPostgres } from "./support/databases.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

it("PGlite is told by its name, and is no real PostgreSQL", async () => {
  const served = await servePglite();
  closing.push(() => served.close());
  const table = await openTable(served.url);
  closing.push(() => table.close());
  expect(table.server).toEqual({ product: "PGlite", version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  expect(await findPostgres(served.url)).toEqual({
    missing: "no real PostgreSQL (DATABASE_URL names PGlite, which is none)",
  });
});

it("nothing named is no PostgreSQL; what is named and does not answer counts as one, so that its tests say so", async () => {
  expect(await findPostgres("")).toEqual({ missing: "no real PostgreSQL (set DATABASE_URL)" });
  const dead = "postgres://127.0.0.1:1/x";
  expect(await findPostgres(dead)).toEqual({ url: dead });
});

const speak = (text: string) => (socket: Socket) => socket.once("data", () => socket.end(text, "latin1"));

const CLOSED = /: it closed the connection\. Was it stopped\? And is that port PostgreSQL's\?$/;
const OTHER = /: it does not answer as PostgreSQL does\. Is that port PostgreSQL's\?$/;
const SILENT = /: it takes connections and does not answer\. Is that port PostgreSQL's\?$/;

it.each<[string, (socket: Socket) => void, Record<string, RegExp>]>([
  [
    "an HTTP server",
    speak("HTTP/1.1 400 Bad Request\r\n\r\n"),
    { disable: CLOSED, require: OTHER, prefer: OTHER },
  ],
  ["an AMQP broker", speak("AMQP\0\0\t\u0001"), { disable: CLOSED, require: OTHER, prefer: OTHER }],
  [
    "a server that hangs up",
    (socket) => socket.resume().end(),
    { disable: CLOSED, require: CLOSED, prefer: CLOSED },
  ],
  ["a server that greets", (socket) => socket.write("SSH-2.0-OpenSSH_9.2\r\n"), { require: OTHER }],
  ["a server that says nothing", (socket) => socket.resume(), { disable: SILENT }],
])("%s is one line, encrypted or not", async (_who, greet, lines) => {
  const server = createServer((socket) => {
    // A client that has seen enough hangs up.
    socket.on("error", () => {});
    closing.push(() => socket.destroy());
    greet(socket);
  }).listen(0, "127.0.0.1");
  closing.push(() => server.close());
  await once(server, "listening");
  const at = `postgres://u:sesame@127.0.0.1:${(server.address() as AddressInfo).port}/db`;
  for (const [mode, line] of Object.entries(lines)) {
    const error = await openTable(`${at}?sslmode=${mode}`).catch((thrown) => thrown);
    expect(error.message).toMatch(line);
    expect(error.message).not.toMatch(/\n|sesame/);
  }
});
