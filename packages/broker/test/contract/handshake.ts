import { type Law, law } from "../support/law.ts";
import { RawClient, type RawOptions } from "../support/raw-client.ts";

/** A handshake that the broker ends; a close is received only where the law says so. */
function refused(options: RawOptions): Law["run"] {
  return async (sandbox) => sandbox.connectionClosed(await sandbox.connect(options));
}

/** What a client receives that begins with something else than the header of AMQP 0-9-1. */
function wrongHeader(header: string): Law["run"] {
  return async (sandbox) => {
    const client = sandbox.keep(new RawClient(sandbox.port));
    let reply = "";
    client.socket.on("data", (chunk) => {
      reply += chunk.toString("latin1");
    });
    client.socket.write(Buffer.from(header, "latin1"));
    await client.closed();
    return [JSON.stringify(reply)];
  };
}

export const handshakeLaws: Law[] = [
  law(
    "the broker proposes its limits and opens vhost /",
    async (sandbox) => {
      const client = await sandbox.connect();
      return sandbox.lines(client, "connection.tune", "connection.open-ok");
    },
    ["connection.tune channelMax=2047 frameMax=131072 heartbeat=60", "connection.open-ok"],
  ),
  law(
    "wrong credentials are refused with 403 if the client has authentication_failure_close",
    refused({ password: "wrong" }),
    [
      "connection.close replyCode=403 replyText=ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN. For details see the broker logfile.",
    ],
  ),
  law(
    "wrong credentials end the socket if the client has no authentication_failure_close",
    async (sandbox) => {
      const client = await sandbox.connect({ user: "nobody", capabilities: [] });
      await client.closed();
      return sandbox.lines(client, "connection.close", "connection.tune");
    },
    [],
  ),
  law(
    "AMQPLAIN is another way to log in",
    async (sandbox) => {
      const response =
        "\u0005LOGINS\u0000\u0000\u0000\u0005guest\u0008PASSWORDS\u0000\u0000\u0000\u0005guest";
      const client = await sandbox.connect({ mechanism: "AMQPLAIN", response });
      return sandbox.lines(client, "connection.open-ok");
    },
    ["connection.open-ok"],
  ),
  law("an unknown mechanism is refused", refused({ mechanism: "CHANT" }), []),
  law("an unknown vhost is refused with 530", refused({ virtualHost: "nowhere" }), [
    "connection.close replyCode=530 replyText=NOT_ALLOWED - vhost nowhere not found classId=10 methodId=40",
  ]),
  law("a frame size above the broker's is refused", refused({ frameMax: 200_000 }), []),
  law("a frame size below 4096 is refused", refused({ frameMax: 1_000 }), []),
  law(
    "a frame size below 8192 is refused",
    async (sandbox) => {
      const client = await sandbox.connect({ frameMax: 8_191 });
      return sandbox.lines(client, "connection.open-ok");
    },
    [],
    {
      differs: "A frame must hold 8192 bytes or more. RabbitMQ 3 allows 4096.",
      lines: ["connection.open-ok"],
    },
  ),
  law("an unlimited frame size is refused", refused({ frameMax: 0 }), []),
  law("more AMQP channels than the broker allows are refused", refused({ amqpChannelMax: 60_000 }), []),
  law("an unlimited number of AMQP channels is refused", refused({ amqpChannelMax: 0 }), []),
  law(
    "opening more AMQP channels than negotiated is refused",
    async (sandbox) => {
      const client = await sandbox.client({ amqpChannelMax: 2 });
      await client.call(2, "channel.open", {});
      client.send(3, "channel.open", {});
      return sandbox.connectionClosed(client);
    },
    [
      "connection.close replyCode=530 replyText=NOT_ALLOWED - number of channels opened (2) has reached the negotiated channel_max (2)",
    ],
  ),
  law(
    "the reply to a wrong protocol header is the right one",
    wrongHeader("GET / HTTP/1.1\r\n\r\n"),
    ['"AMQP\\u0003\\u0001\\u0000\\u0000"'],
    {
      differs: "A client that speaks another protocol is told AMQP 1.0. RabbitMQ 3 names AMQP 0-9-1.",
      lines: ['"AMQP\\u0000\\u0000\\t\\u0001"'],
    },
  ),
  law("the reply to a later AMQP 0-9 is AMQP 0-9-1", wrongHeader("AMQP\u0000\u0000\u0009\u0002"), [
    '"AMQP\\u0000\\u0000\\t\\u0001"',
  ]),
  law(
    "a method out of order is refused",
    async (sandbox) => {
      const client = await sandbox.connect({ untilTune: true });
      client.send(0, "connection.open", { virtualHost: "/" });
      return sandbox.connectionClosed(client);
    },
    [],
  ),
  law(
    "a client's close gets close-ok",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.close();
      return sandbox.lines(client, "connection.close-ok");
    },
    ["connection.close-ok"],
  ),
];
