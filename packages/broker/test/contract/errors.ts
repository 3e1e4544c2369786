import { FRAME } from "../../src/wire/frames.ts";
import { type Law, law } from "../support/law.ts";
import type { RawClient, RawOptions } from "../support/raw-client.ts";

/** Sends bytes as one frame. */
function frame(client: RawClient, type: number, amqpChannel: number, payload: number[], end = 0xce): void {
  const head = Buffer.alloc(7);
  head.writeUInt8(type, 0);
  head.writeUInt16BE(amqpChannel, 1);
  head.writeUInt32BE(payload.length, 3);
  client.socket.write(Buffer.concat([head, Buffer.from([...payload, end])]));
}

/** Lets a client do something that ends its connection. */
function ending(act: (client: RawClient) => void, options: RawOptions = {}): Law["run"] {
  return async (sandbox) => {
    const client = await sandbox.client(options);
    act(client);
    return sandbox.connectionClosed(client);
  };
}

/** A basic.publish to the default exchange, as a method frame's payload. */
const PUBLISH = [0, 60, 0, 40, 0, 0, 0, 0, 0];

export const errorLaws: Law[] = [
  law(
    "a soft error closes the AMQP channel and leaves the connection open",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.call(1, "queue.declare", { queue: sandbox.queue("missing"), passive: true });
      await client.call(1, "channel.open", {});
      return sandbox.lines(client);
    },
    [
      "channel.close replyCode=404 replyText=NOT_FOUND - no queue 'missing' in vhost '/' classId=50 methodId=10",
    ],
  ),
  law(
    "after a soft error nothing but close is handled on that AMQP channel",
    async (sandbox) => {
      const client = await sandbox.client();
      const [queue, missing] = [sandbox.queue("q"), sandbox.queue("missing")];
      client.send(1, "queue.declare", { queue: missing, passive: true });
      client.send(1, "queue.declare", { queue });
      await client.until("channel.close");
      await client.call(2, "channel.open", {});
      await client.call(2, "queue.declare", { queue, passive: true });
      return sandbox.lines(client, "channel.close", "queue.declare-ok");
    },
    [
      "channel.close replyCode=404 replyText=NOT_FOUND - no queue 'missing' in vhost '/' classId=50 methodId=10",
      "channel.close replyCode=404 replyText=NOT_FOUND - no queue 'q' in vhost '/' classId=50 methodId=10",
    ],
  ),
  law(
    "a method on an AMQP channel that is not open is a hard error",
    ending((client) => client.send(7, "basic.qos", { prefetchCount: 1 })),
    [
      "connection.close replyCode=504 replyText=CHANNEL_ERROR - expected 'channel.open' classId=60 methodId=10",
    ],
  ),
  law(
    "content on an AMQP channel that is not open is a hard error",
    ending((client) => frame(client, FRAME.header, 7, [0, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
    [
      "connection.close replyCode=505 replyText=UNEXPECTED_FRAME - expected method frame, got non method frame instead",
    ],
  ),
  law(
    "opening an AMQP channel twice is a hard error",
    ending((client) => client.send(1, "channel.open", {})),
    [
      "connection.close replyCode=504 replyText=CHANNEL_ERROR - second 'channel.open' seen classId=20 methodId=10",
    ],
  ),
  law(
    "closing an AMQP channel that is not open is a hard error",
    ending((client) => client.send(9, "channel.close", { replyCode: 200 })),
    [
      "connection.close replyCode=504 replyText=CHANNEL_ERROR - expected 'channel.open' classId=20 methodId=40",
    ],
  ),
  law(
    "a content header without a publish is a hard error",
    ending((client) => frame(client, FRAME.header, 1, [0, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
    [
      "connection.close replyCode=505 replyText=UNEXPECTED_FRAME - expected method frame, got non method frame instead",
    ],
  ),
  law(
    "a method between a publish and its header is a hard error",
    ending((client) => {
      frame(client, FRAME.method, 1, PUBLISH);
      client.send(1, "basic.qos", {});
    }),
    [
      "connection.close replyCode=505 replyText=UNEXPECTED_FRAME - expected content header for class 60, got non content header frame instead classId=60 methodId=40",
    ],
  ),
  law(
    "a method between header and body is a hard error",
    ending((client) => {
      frame(client, FRAME.method, 1, PUBLISH);
      frame(client, FRAME.header, 1, [0, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0]);
      client.send(1, "basic.qos", {});
    }),
    [
      "connection.close replyCode=505 replyText=UNEXPECTED_FRAME - expected content body, got non content body frame instead classId=60 methodId=40",
    ],
  ),
  law(
    "a body without a header is a hard error",
    ending((client) => {
      frame(client, FRAME.method, 1, PUBLISH);
      frame(client, FRAME.body, 1, [1, 2, 3]);
    }),
    [
      "connection.close replyCode=505 replyText=UNEXPECTED_FRAME - expected content header for class 60, got non content header frame instead classId=60 methodId=40",
    ],
  ),
  law(
    "a header of another class is a hard error",
    ending((client) => {
      frame(client, FRAME.method, 1, PUBLISH);
      frame(client, FRAME.header, 1, [0, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0]);
    }),
    [
      "connection.close replyCode=505 replyText=UNEXPECTED_FRAME - expected content header for class 60, got one for class 50 instead classId=60 methodId=40",
    ],
  ),
  law(
    "a frame without its end mark is a hard error",
    ending((client) => frame(client, FRAME.method, 1, PUBLISH, 0xcd)),
    [
      "connection.close replyCode=501 replyText=FRAME_ERROR - type 1, all octets = <<0,60,0,40,0,0,0,0,0>>: {invalid_frame_end_marker,205}",
    ],
  ),
  law(
    "a frame larger than negotiated is a hard error",
    ending((client) => frame(client, FRAME.body, 1, new Array(9_000).fill(7)), { frameMax: 8_192 }),
    [
      "connection.close replyCode=501 replyText=FRAME_ERROR - type 3, all octets = <<>>: {frame_too_large,9000,8184}",
    ],
  ),
  law(
    "an unknown frame type is a hard error",
    ending((client) => frame(client, 5, 1, [1, 2, 3])),
    ["connection.close replyCode=501 replyText=FRAME_ERROR - type 5, all octets = <<1,2,3>>: unknown_frame"],
  ),
  law(
    "an unknown method ends the connection",
    async (sandbox) => {
      const client = await sandbox.client();
      frame(client, FRAME.method, 1, [0, 60, 0, 99]);
      await client.closed();
      return ["ended"];
    },
    ["ended"],
  ),
  law(
    "an unknown class ends the connection",
    async (sandbox) => {
      const client = await sandbox.client();
      frame(client, FRAME.method, 1, [0, 99, 0, 10]);
      await client.closed();
      return ["ended"];
    },
    ["ended"],
  ),
  law(
    "a method whose fields end too early is a hard error",
    ending((client) => frame(client, FRAME.method, 1, [0, 60, 0, 10, 0])),
    ["connection.close replyCode=501 replyText=FRAME_ERROR - cannot decode <<0>> classId=60 methodId=10"],
  ),
  law(
    "a connection method on an AMQP channel is a hard error",
    ending((client) => client.send(1, "connection.open", { virtualHost: "/" })),
    [
      "connection.close replyCode=503 replyText=COMMAND_INVALID - unimplemented method classId=10 methodId=40",
    ],
  ),
  law(
    "an AMQP channel's method on AMQP channel 0 is a hard error",
    ending((client) => client.send(0, "basic.qos", {})),
    [
      "connection.close replyCode=504 replyText=CHANNEL_ERROR - unexpected method in connection state running classId=60 methodId=10",
    ],
  ),
  law(
    "channel.flow can be asked to go on but not to stop",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.call(1, "channel.flow", { active: true });
      client.send(1, "channel.flow", { active: false });
      await client.closed();
      return sandbox.lines(client, "channel.flow-ok", "connection.close");
    },
    [
      "channel.flow-ok active=true",
      "connection.close replyCode=540 replyText=NOT_IMPLEMENTED - active=false classId=20 methodId=20",
    ],
  ),
  law(
    "a long reply text is cut at 255 bytes",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.call(1, "queue.declare", { queue: "x".repeat(250), passive: true });
      return sandbox.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=404 replyText=NOT_FOUND - no queue 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx... classId=50 methodId=10",
    ],
  ),
  law(
    "an error on one AMQP channel leaves the others open",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.call(2, "channel.open", {});
      await client.call(1, "queue.declare", { queue: sandbox.queue("missing"), passive: true });
      await client.call(2, "queue.declare", { queue: sandbox.queue("q") });
      return sandbox.lines(client, "channel.close", "queue.declare-ok");
    },
    [
      "channel.close replyCode=404 replyText=NOT_FOUND - no queue 'missing' in vhost '/' classId=50 methodId=10",
      "queue.declare-ok queue=q",
    ],
  ),
];
