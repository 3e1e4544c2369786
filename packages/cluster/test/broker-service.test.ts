/** Which broker a play takes, and by which name it tells it: no other server is taken for a RabbitMQ in silence. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { connect } from "@shirts/amqp";
import { startBroker } from "@shirts/broker";
import { startPosing } from "@shirts/broker/testing";
import { freePorts } from "@shirts/servers";
import { afterEach, expect, test } from "vitest";
import { brokerName, tableName } from "../src/names.ts";
import { type Child, end } from "../src/processes/child.ts";
import { openBroker } from "../src/services/broker-service.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Opens the broker of a play; `own` is true when one was started for it, in this process to save time. */
async function opened(search: NonNullable<Parameters<typeof openBroker>[1]>, isProcess = false) {
  const children: Child[] = [];
  closing.push(() => Promise.all(children.map((child) => end(child))));
  let own = false;
  const startOwn = () => {
    own = true;
    return embedded();
  };
  const { rabbit, about, url } = await openBroker(children, { ...(!isProcess && { startOwn }), ...search });
  closing.push(() => rabbit.close());
  await rabbit.declareQueue("q");
  return { about: about.replace(new URL(url).host, "HOST"), own, processes: children.length };
}

/** A server that does `greet` for each client; resolves with the address that an AMQP client would take it for. */
async function serve(greet: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    // A client that has seen enough hangs up.
    socket.on("error", () => {});
    closing.push(() => socket.destroy());
    greet(socket.resume());
  }).listen(0, "127.0.0.1");
  closing.push(() => server.close());
  await once(server, "listening");
  return `amqp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function embedded(): Promise<string> {
  const broker = await startBroker();
  closing.push(() => broker.close());
  return broker.url;
}

/** A broker that says that it is another one. */
async function posing(product: string, version: string): Promise<string> {
  const broker = await startPosing(product, version);
  closing.push(() => broker.close());
  return broker.url;
}

const hostOf = (url: string) => new URL(url).host;

test("AMQP_URL names the broker, and its own name is told", async () => {
  expect(await opened({ named: await embedded() })).toMatchObject({
    about: "broker  the embedded broker, which AMQP_URL names",
    own: false,
  });
});

test("the embedded broker of another terminal is used, and told by that name", async () => {
  expect(await opened({ named: "", usual: await embedded() })).toMatchObject({
    about: "broker  the embedded broker of another terminal, on HOST",
    own: false,
  });
});

test("a broker that is no RabbitMQ is told by its own name", async () => {
  expect(await opened({ named: "", usual: await posing("AnotherMQ\u0007", "2.1") })).toMatchObject({
    about: "broker  AnotherMQ  2.1 (no RabbitMQ), which answers on HOST",
    own: false,
  });
});

test("AMQP_URL=embedded does not look, and where nobody is nothing is passed by", async () => {
  const about = "broker  embedded, over TCP at HOST (AMQP_URL names a real RabbitMQ)";
  expect(await opened({ named: "embedded", usual: await embedded() })).toMatchObject({ about, own: true });
  const nobody = `amqp://127.0.0.1:${(await freePorts(1))[0]}`;
  expect(await opened({ named: "", usual: nobody })).toMatchObject({ about, own: true });
});

test("a broker of its own is a process of its own", async () => {
  expect(await opened({ named: "embedded" }, true)).toMatchObject({
    about: "broker  embedded, over TCP at HOST (AMQP_URL names a real RabbitMQ)",
    own: false,
    processes: 1,
  });
});

test.each<[string, (socket: Socket) => void, string]>([
  [
    "an HTTP server",
    (socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"),
    "something listens there, but what it says is not AMQP 0-9-1.",
  ],
  [
    "a server that hangs up",
    (socket) => socket.end(),
    "something listens there, but it hung up before it spoke AMQP 0-9-1 (Socket closed abruptly during opening handshake).",
  ],
  ["a server that says nothing", () => {}, "no answer in time."],
])("%s on the usual port is named and passed by", async (_who, greet, reason) => {
  const usual = await serve(greet);
  expect(await opened({ named: "", usual, limitMs: 200 })).toMatchObject({
    about: `broker  embedded, over TCP at HOST; passed by: broker at ${hostOf(usual)}, vhost "/": ${reason}`,
    own: true,
  });
});

test("a broker that does not let guest in is named and passed by", async () => {
  const usual = (await embedded()).replace("guest:guest", "guest:sesame");
  expect(await opened({ named: "", usual })).toMatchObject({
    about: `broker  embedded, over TCP at HOST; passed by: broker at ${hostOf(usual)}, vhost "/": wrong user or password for user "guest".`,
    own: true,
  });
});

test("a RabbitMQ that is too old is named and passed by; one that was named is refused", async () => {
  const usual = await posing("RabbitMQ", "3.9.29");
  const why = `broker at ${hostOf(usual)}, vhost "/": it is RabbitMQ 3.9.29, and this needs 3.10 or newer.`;
  expect(await opened({ named: "", usual })).toEqual({
    about: `broker  embedded, over TCP at HOST; passed by: ${why}`,
    own: true,
    processes: 0,
  });
  await expect(opened({ named: usual })).rejects.toMatchObject({ kind: "too-old", message: why });
});

test("a broker that another play uses is named and passed by; one that was named is an error", async () => {
  const usual = await embedded();
  const other = await connect(usual);
  closing.push(() => other.close());
  await other.lock("shirts_demo");
  expect(await opened({ named: "", usual })).toMatchObject({
    about: `broker  embedded, over TCP at HOST; another \`npm start\` is playing on the embedded broker on ${hostOf(usual)}`,
    own: true,
  });
  await expect(opened({ named: usual })).rejects.toThrow(
    /^Another `npm start` is playing on the broker that AMQP_URL/,
  );
});

test("a server that was named and is no broker is an error of one line", async () => {
  const named = await serve((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  await expect(opened({ named })).rejects.toMatchObject({ name: "AmqpError", kind: "not-amqp" });
});

test.each([
  [{ product: "RabbitMQ", version: "4.3.6" }, "RabbitMQ 4.3.6"],
  [{ product: "@shirts/broker", version: "4.3.6" }, "the embedded broker"],
  [{ product: "AnotherMQ", version: "" }, "AnotherMQ (no RabbitMQ)"],
  [
    { product: "RabbitMQ 4\n\u001B[2J", version: "x".repeat(99) },
    `RabbitMQ 4 [2J ${"x".repeat(45)} (no RabbitMQ)`,
  ],
  [{ product: "", version: "" }, "a broker without a name (no RabbitMQ)"],
])("%j is called %s", (server, name) => {
  expect(brokerName(server)).toBe(name);
});

test("a table is called by its name and version", () => {
  expect(tableName({ product: "PGlite", version: "0.5.8" })).toBe("PGlite 0.5.8");
});
