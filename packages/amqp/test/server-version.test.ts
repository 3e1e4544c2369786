/** A RabbitMQ that is too old is refused when a program connects, in one line. It is the embedded broker, with other words in its mouth. */
import { once } from "node:events";
import { createServer, connect as dial, type Server } from "node:net";
import { type RunningBroker, startBroker } from "@shirts/broker";
import { afterEach, beforeEach, expect, test } from "vitest";
import { AmqpError, connect } from "../src/index.ts";
import { tooOld } from "../src/server-version.ts";
import { failure } from "./brokers.ts";

let broker: RunningBroker;
beforeEach(async () => {
  broker = await startBroker();
});
const proxies: Server[] = [];
afterEach(async () => {
  for (const proxy of proxies.splice(0)) proxy.close();
  await broker.close();
});

/** Where the sizes of the first frame (its payload) and of the server properties in it are. */
const SIZES = [3, 13];

/** The broker's first frame, connection.start, with another value for one of its server properties. */
function saying(frame: Buffer, property: string, value: string): Buffer {
  const at = frame.indexOf(`${property}S`) + property.length + 1;
  const old = frame.readUInt32BE(at);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(value.length);
  const said = Buffer.concat([frame.subarray(0, at), size, Buffer.from(value), frame.subarray(at + 4 + old)]);
  for (const place of SIZES) said.writeUInt32BE(frame.readUInt32BE(place) + value.length - old, place);
  return said;
}

/** The address of a broker that says to be another product, of another version. */
async function posing(product: string, version: string): Promise<string> {
  const proxy = createServer((client) => {
    const server = dial(broker.port, "127.0.0.1");
    client.on("error", () => {}).on("close", () => server.destroy());
    server.on("error", () => {}).on("close", () => client.destroy());
    client.pipe(server);
    server.once("data", (frame) => {
      client.write(saying(saying(frame, "product", product), "version", version));
      server.pipe(client);
    });
  });
  proxies.push(proxy);
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = proxy.address();
  return `amqp://guest:guest@127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
}

test.each(["3.9.29", "2.8.7", "3.9", "3"])(
  "RabbitMQ %s is refused: what it is, and what is needed",
  async (version) => {
    const error = await failure(connect(await posing("RabbitMQ", version)));
    expect(error).toBeInstanceOf(AmqpError);
    expect(error).toMatchObject({ kind: "too-old" });
    expect(error.message).toMatch(
      new RegExp(
        `^broker at 127\\.0\\.0\\.1:\\d+, vhost "/": it is RabbitMQ ${version}, and this needs 3.10 or newer\\.$`,
      ),
    );
  },
);

test.each([
  ["RabbitMQ", "3.10.0"],
  ["RabbitMQ", "3.13.7"],
  ["RabbitMQ", "4.0.1"],
  ["RabbitMQ", "10.1.0"],
  ["LavinMQ", "2.1.0"],
])("%s %s is let in", async (product, version) => {
  const rabbit = await connect(await posing(product, version));
  await rabbit.declareQueue("jobs");
  await rabbit.close();
});

test("a broker of a list that is too old is passed by", async () => {
  const rabbit = await connect([await posing("RabbitMQ", "3.9.29"), broker.url]);
  await rabbit.declareQueue("jobs");
  await rabbit.close();
});

test("a version is compared by numbers, and not by letters", () => {
  expect(tooOld({ product: "RabbitMQ", version: "3.9.29" })).toContain("needs 3.10 or newer");
  expect(tooOld({ product: "RabbitMQ", version: "10.0.0" })).toBeUndefined();
});
