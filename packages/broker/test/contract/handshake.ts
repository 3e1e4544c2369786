import { type Law, law } from "../support/law.ts";
import { RawClient } from "../support/raw-client.ts";

export const handshakeLaws: Law[] = [
  law(
    "the broker proposes its bounds and opens vhost /",
    async (stage) => {
      const client = await stage.connect();
      return stage.lines(client, "connection.tune", "connection.open-ok");
    },
    ["connection.tune channelMax=2047 frameMax=131072 heartbeat=60", "connection.open-ok"],
  ),
  law(
    "wrong credentials are refused with 403 when the client can hear it",
    async (stage) => {
      const client = await stage.connect({ password: "wrong" });
      return stage.lines(client, "connection.close");
    },
    [
      "connection.close replyCode=403 replyText=ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN. For details see the broker logfile.",
    ],
  ),
  law(
    "wrong credentials end the socket when the client cannot hear it",
    async (stage) => {
      const client = await stage.connect({ user: "nobody", capabilities: [] });
      await client.closed();
      return stage.lines(client, "connection.close", "connection.tune");
    },
    [],
  ),
  law(
    "AMQPLAIN is another way in",
    async (stage) => {
      const response =
        "\u0005LOGINS\u0000\u0000\u0000\u0005guest\u0008PASSWORDS\u0000\u0000\u0000\u0005guest";
      const client = await stage.connect({ mechanism: "AMQPLAIN", response });
      return stage.lines(client, "connection.open-ok");
    },
    ["connection.open-ok"],
  ),
  law(
    "an unknown mechanism is refused",
    async (stage) => {
      const client = await stage.connect({ mechanism: "CHANT" });
      await client.closed();
      return stage.lines(client, "connection.close");
    },
    [],
  ),
  law(
    "an unknown vhost is refused with 530",
    async (stage) => {
      const client = await stage.connect({ virtualHost: "nowhere" });
      return stage.lines(client, "connection.close");
    },
    ["connection.close replyCode=530 replyText=NOT_ALLOWED - vhost nowhere not found classId=10 methodId=40"],
  ),
  law(
    "a frame size above the broker's is refused",
    async (stage) => {
      const client = await stage.connect({ frameMax: 200_000 });
      await client.closed();
      return stage.lines(client, "connection.close");
    },
    [],
  ),
  law(
    "a frame size below 4096 is refused",
    async (stage) => {
      const client = await stage.connect({ frameMax: 1_000 });
      await client.closed();
      return stage.lines(client, "connection.close");
    },
    [],
  ),
  law(
    "no bound at all for frames is refused",
    async (stage) => {
      const client = await stage.connect({ frameMax: 0 });
      await client.closed();
      return stage.lines(client, "connection.close");
    },
    [],
  ),
  law(
    "more AMQP channels than the broker's are refused",
    async (stage) => {
      const client = await stage.connect({ amqpChannelMax: 60_000 });
      await client.closed();
      return stage.lines(client, "connection.close");
    },
    [],
  ),
  law(
    "no bound at all for AMQP channels is refused",
    async (stage) => {
      const client = await stage.connect({ amqpChannelMax: 0 });
      await client.closed();
      return stage.lines(client, "connection.close");
    },
    [],
  ),
  law(
    "opening more AMQP channels than agreed is refused",
    async (stage) => {
      const client = await stage.client({ amqpChannelMax: 2 });
      await client.call(2, "channel.open", {});
      client.send(3, "channel.open", {});
      await client.closed();
      return stage.lines(client, "connection.close");
    },
    [
      "connection.close replyCode=530 replyText=NOT_ALLOWED - number of channels opened (2) has reached the negotiated channel_max (2)",
    ],
  ),
  law(
    "a wrong protocol header is answered with the right one",
    async (stage) => {
      const client = stage.keep(new RawClient(stage.port));
      let answer = "";
      client.socket.on("data", (chunk) => {
        answer += chunk.toString("latin1");
      });
      client.socket.write("GET / HTTP/1.1\r\n\r\n");
      await client.closed();
      return [JSON.stringify(answer)];
    },
    ['"AMQP\\u0000\\u0000\\t\\u0001"'],
  ),
  law(
    "a method out of order is refused",
    async (stage) => {
      const client = await stage.connect({ untilTune: true });
      client.send(0, "connection.open", { virtualHost: "/" });
      await client.closed();
      return stage.lines(client, "connection.close");
    },
    [],
  ),
  law(
    "a client's close is answered",
    async (stage) => {
      const client = await stage.client();
      await client.close();
      return stage.lines(client, "connection.close-ok");
    },
    ["connection.close-ok"],
  ),
];
