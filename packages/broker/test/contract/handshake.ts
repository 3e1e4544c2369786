import { type Law, law } from "../support/law.ts";
import { RawClient, type RawOptions } from "../support/raw-client.ts";

/** A handshake that the broker ends; a close is received only where the law says so. */
function refused(options: RawOptions): Law["run"] {
  return async (sandbox) => sandbox.connectionClosed(await sandbox.connect(options));
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
    async (sandbox) => {
      const client = sandbox.keep(new RawClient(sandbox.port));
      let reply = "";
      client.socket.on("data", (chunk) => {
        reply += chunk.toString("latin1");
      });
      client.socket.write("GET / HTTP/1.1\r\n\r\n");
      await client.closed();
      return [JSON.stringify(reply)];
    },
    ['"AMQP\\u0000\\u0000\\t\\u0001"'],
  ),
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
