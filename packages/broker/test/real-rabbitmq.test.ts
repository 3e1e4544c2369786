/** Tests that need a real RabbitMQ must not take another server for one. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { startBroker } from "../src/index.ts";
import { findRealRabbitMq } from "../src/testing/index.ts";
import { whoAnswers } from "../src/testing/who-answers.ts";
import { longstr, type Table } from "../src/wire/field.ts";
import { FRAME, writeFrame } from "../src/wire/frames.ts";
import { encodeMethod } from "../src/wire/methods.ts";
import { Writer } from "../src/wire/writer.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function embedded(): Promise<number> {
  const broker = await startBroker();
  closing.push(() => broker.close());
  return broker.port;
}

/** A server that does `greet` for each client. */
async function serve(greet: (socket: Socket) => void): Promise<number> {
  const server: Server = createServer((socket) => {
    // A client that has seen enough hangs up.
    socket.on("error", () => {});
    greet(socket.resume());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** The first words of a broker of this name. */
function start(product: string, version: string): Buffer {
  const serverProperties: Table = new Map([
    ["product", longstr(product)],
    ["version", longstr(version)],
  ]);
  const writer = new Writer();
  writeFrame(writer, FRAME.method, 0, () =>
    encodeMethod(writer, "connection.start", { major: 0, minor: 9, serverProperties }),
  );
  return writer.take();
}

/** They come in two pieces, as they may over a network. */
const broker = (product: string, version = "9.9") =>
  serve((socket) => {
    const words = start(product, version);
    socket.write(words.subarray(0, 20));
    socket.once("data", () => socket.write(words.subarray(20)));
  });

async function nobody(): Promise<number> {
  const port = await serve(() => {});
  await closing.pop()?.();
  return port;
}

const places: readonly [string, () => Promise<number>, string | undefined][] = [
  ["a RabbitMQ", () => broker("RabbitMQ"), undefined],
  ["the embedded broker", embedded, "the embedded broker"],
  ["another broker", () => broker("AnotherMQ"), "AnotherMQ 9.9"],
  ["an HTTP server", () => serve((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")), undefined],
  ["a server that hangs up", () => serve((socket) => socket.end()), undefined],
  ["nobody", nobody, undefined],
];

test.each(places)(
  "%s that AMQP_URL names is taken for a RabbitMQ, unless it says that it is another broker",
  async (_who, open, name) => {
    for (const url of [
      `amqp://127.0.0.1:${await open()}`,
      `amqp://u:p@localhost:${await open()}/v,amqp://other`,
    ])
      expect(await findRealRabbitMq({ named: url })).toEqual(
        name === undefined ? { url } : { missing: `AMQP_URL names ${name}, which is no RabbitMQ` },
      );
  },
);

test.each(places)(
  "%s on the usual port is taken for a RabbitMQ only if it says so",
  async (who, open, name) => {
    const usualPort = await open();
    const other = who === "nobody" ? "nobody" : "a server without AMQP 0-9-1";
    expect(await findRealRabbitMq({ named: "", usualPort })).toEqual(
      who === "a RabbitMQ"
        ? { url: `amqp://127.0.0.1:${usualPort}` }
        : { missing: `no AMQP_URL, and ${name ?? other} on 127.0.0.1:${usualPort}` },
    );
  },
);

test.each([
  ["3.9.29", false],
  ["2.8.7", false],
  ["3.10.0", true],
  ["4.0.1", true],
  ["10.0.0", true],
])("RabbitMQ %s on the usual port is one for the tests: %s", async (version, isOne) => {
  const usualPort = await broker("RabbitMQ", version);
  expect(await findRealRabbitMq({ named: "", usualPort })).toEqual(
    isOne
      ? { url: `amqp://127.0.0.1:${usualPort}` }
      : { missing: `no AMQP_URL, and RabbitMQ ${version}, older than 3.10, on 127.0.0.1:${usualPort}` },
  );
});

test("a server that says nothing is given up in time", async () => {
  expect(await whoAnswers("127.0.0.1", await serve(() => {}), 50)).toEqual({ kind: "other" });
});
