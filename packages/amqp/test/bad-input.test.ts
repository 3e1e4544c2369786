import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { expect, test } from "vitest";
import { AmqpError, connect } from "../src/index.ts";
import { bytes, decodeJob, failure, next, onEveryBroker, string } from "./brokers.ts";

onEveryBroker((stage) => {
  test("a wrong password names host, vhost and user, and never the password", async () => {
    const url = new URL(stage.url);
    url.username = "guest";
    url.password = "open-sesame";
    const error = await failure(connect(url.href));
    expect(error).toBeInstanceOf(AmqpError);
    expect(error.message).toBe(
      `broker at ${url.hostname}:${url.port || 5672}, vhost "/": wrong user or password for user "guest".`,
    );
  });

  test("a vhost that is not there is named", async () => {
    const url = new URL(stage.url);
    url.pathname = "/no-such-vhost";
    const error = await failure(connect(url.href));
    expect(error.message).toMatch(/vhost "no-such-vhost": no such vhost, or user "guest" may not use it/);
  });

  test("a queue that exists with other arguments is refused with RabbitMQ's own words", async () => {
    const queue = stage.name("jobs");
    await stage.bare((amqpChannel) => amqpChannel.assertQueue(queue, { durable: false }));
    const rabbit = await stage.connect();
    const told = new RegExp(
      `^broker at .*, vhost "/": queue "${queue}" exists with other arguments: inequivalent arg 'durable' for queue '${queue}' in vhost '/': received 'true' but current is 'false'`,
    );
    for (const attempt of [
      () => rabbit.consume(queue, { prefetch: 1, decode: decodeJob }),
      () => rabbit.declareQueue(queue),
    ]) {
      const error = await failure(attempt());
      expect(error).toMatchObject({ name: "AmqpError", code: 406 });
      expect(error.message).toMatch(told);
    }
    // The refusals closed AMQP channels of their own: the rest goes on.
    await rabbit.publish(queue, bytes("one"));
    expect(await rabbit.depth(queue)).toEqual({ messages: 1, consumers: 0 });
  });

  test("a queue that bare programs declared as the talk does fits", async () => {
    const queue = stage.name("jobs");
    await stage.bare((amqpChannel) => amqpChannel.assertQueue(queue, { durable: true }));
    const rabbit = await stage.connect();
    const { chan: jobs } = await rabbit.consume(queue, { prefetch: 1, decode: decodeJob });
    await rabbit.publish(queue, bytes("one"));
    expect((await next(jobs)).body).toBe("one");
  });

  test("asking for a queue that is not there is refused by name", async () => {
    const rabbit = await stage.connect();
    const error = await failure(rabbit.depth("no-such-queue"));
    expect(error).toMatchObject({ code: 404 });
    expect(error.message).toMatch(
      /queue "no-such-queue" does not exist \(no queue 'no-such-queue' in vhost '\/'\)/,
    );
  });

  test("a name that is too long for AMQP is told at once, and no AMQP channel stays behind", async () => {
    // The close of one that failed may still be on its way when the next one is opened.
    const rabbit = await stage.connect(`${stage.url}?channelMax=4`);
    const long = "q".repeat(256);
    for (let round = 0; round < 5; round++)
      for (const attempt of [
        () => rabbit.declareQueue(long),
        () => rabbit.depth(long),
        () => rabbit.broadcast(long, bytes("one")),
        () => rabbit.consume(long, { prefetch: 1, decode: decodeJob }),
        () => rabbit.subscribe(long, { decode: string }),
      ]) {
        const error = await failure(attempt());
        expect(error).toBeInstanceOf(AmqpError);
        expect(error.message).toMatch(
          /^broker at .*, vhost "\/": (queue|exchange) "q{256}" has a name that does not fit into AMQP: 255 bytes/,
        );
      }
    const queue = stage.name("jobs");
    await rabbit.declareQueue(queue);
    expect(await rabbit.depth(queue)).toEqual({ messages: 0, consumers: 0 });
  });

  test("the broker is told by its name", async () => {
    const { product, version } = (await stage.connect()).server;
    expect(product).toBe(stage.isReal ? "RabbitMQ" : "@shirts/broker");
    expect(version).toMatch(/^\d+\.\d+/);
  });

  test("a name is locked by one connection at a time, and is free when that one has ended", async () => {
    const name = stage.name("lock");
    const [first, second] = [await stage.connect(), await stage.connect()];
    expect([await first.lock(name), await second.lock(name), await first.lock(name)]).toEqual([
      true,
      false,
      true,
    ]);
    await first.close();
    await expect.poll(() => second.lock(name)).toBe(true);
  });
});

test.each([
  ["nonsense", /^the broker's URL is not a URL; it looks like amqp:/],
  ["http://user:open-sesame@127.0.0.1", /begins with "http:", not with "amqp:" or "amqps:"/],
  ["amqp://user:open-sesame@127.0.0.1:port", /URL has a port that is no number from 1 to 65535/],
  ["amqp://user:open-sesame@", /URL has no host/],
  ["amqp://user:open-sesame@no-such-host.invalid", /"\/": no host of this name/],
])("the URL %s throws one clear line", async (url, line) => {
  const error = await failure(connect(url));
  expect(error).toBeInstanceOf(AmqpError);
  expect(error.message).toMatch(line);
  expect(`${error.stack}${JSON.stringify(error)}`).not.toMatch(/open-sesame/);
});

test("a port that nobody listens on is named", async () => {
  const server = createServer();
  const port = await listen(server);
  await close(server);
  const error = await failure(connect(`amqp://user:open-sesame@127.0.0.1:${port}/shirts`));
  expect(error.message).toBe(`broker at 127.0.0.1:${port}, vhost "shirts": nobody answers (ECONNREFUSED).`);
});

test.each<[string, string, string, (socket: Socket) => void, RegExp]>([
  [
    "speaks another protocol",
    "amqp",
    "not-amqp",
    speak("HTTP/1.1 400 Bad Request\r\n\r\n"),
    /there, but what it says is not AMQP 0-9-1\.$/,
  ],
  [
    "greets in another protocol",
    "amqp",
    "not-amqp",
    speak("SSH-2.0-OpenSSH_9.2\r\n"),
    /what it says is not AMQP 0-9-1\.$/,
  ],
  [
    "hangs up",
    "amqp",
    "not-amqp",
    (socket) => socket.resume().end(),
    /there, but it hung up before it spoke AMQP 0-9-1 \(/,
  ],
  ["says nothing", "amqp", "not-amqp", (socket) => socket.resume(), /no answer in time\.$/],
  ["says nothing", "amqps", "not-amqp", (socket) => socket.resume(), /no answer in time\.$/],
  [
    "speaks no TLS",
    "amqps",
    "not-amqp",
    speak("AMQP\0\0\u0009\u0001"),
    /does not speak TLS \(ERR_SSL_\w+\)\. amqp:\/\/ is without TLS\.$/,
  ],
])("a port where somebody %s (%s) is told apart from a broker", async (_what, scheme, kind, greet, line) => {
  const server = createServer((socket) => {
    // A client that has seen enough hangs up.
    socket.on("error", () => {});
    greet(socket);
  });
  const port = await listen(server);
  const error = await failure(connect(`${scheme}://127.0.0.1:${port}`, { connectTimeoutMs: 200 }));
  expect(error).toMatchObject({ kind, message: expect.stringMatching(line) });
  await close(server);
});

function speak(text: string): (socket: Socket) => void {
  return (socket) => socket.once("data", () => socket.end(text, "latin1"));
}

test("retryFirstMs waits for a broker that starts late, and ends when none comes", async () => {
  const server = createServer();
  const port = await listen(server);
  await close(server);
  const url = `amqp://127.0.0.1:${port}`;
  expect((await failure(connect(url, { retryFirstMs: 1 }))).message).toMatch(/ECONNREFUSED/);
  const late = connect(url, { retryFirstMs: 20_000 });
  const { startBroker } = await import("@shirts/broker");
  const broker = await startBroker({ port });
  const rabbit = await late;
  await rabbit.declareQueue("q");
  await rabbit.close();
  await broker.close();
});

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

test("no error of the library names a variable or a command of the programs around it", () => {
  const folder = new URL("../src/", import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  expect(files).toContain("errors.ts");
  for (const file of files)
    expect(readFileSync(new URL(file, folder), "utf8"), file).not.toMatch(
      /AMQP_URL|DATABASE_URL|pnpm|docker/,
    );
});
