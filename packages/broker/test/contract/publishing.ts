import { longstr } from "../../src/wire/field.ts";
import type { Properties } from "../../src/wire/properties.ts";
import { int, list, table } from "../support/fields.ts";
import { type Law, law } from "../support/law.ts";

/** Publishes one message with these properties to a queue and gets it back. */
function carrying(properties: Properties, body: string | Buffer = "b"): Law["run"] {
  return async (sandbox) => {
    const { client, queue } = await sandbox.withQueue();
    client.publish(1, { routingKey: queue }, body, properties);
    await client.call(1, "basic.get", { queue, noAck: true });
    return sandbox.lines(client, "basic.get-ok", "basic.get-empty", "channel.close", "connection.close");
  };
}

export const publishingLaws: Law[] = [
  law(
    "a message arrives with all its properties",
    carrying({
      contentType: "text/plain",
      contentEncoding: "utf-8",
      headers: new Map([
        ["text", longstr("\u00c3\u00bc")],
        ["bytes", { type: "x", value: "\u0000\u00ff" }],
        ["b", { type: "b", value: -1 }],
        ["B", { type: "B", value: 255 }],
        ["s", { type: "s", value: -300 }],
        ["u", { type: "u", value: 65_000 }],
        ["I", int(-70_000)],
        ["i", { type: "i", value: 4_000_000_000 }],
        ["l", { type: "l", value: -5_000_000_000n }],
        ["T", { type: "T", value: 1_700_000_000n }],
        ["d", { type: "d", value: 0.1 }],
        ["f", { type: "f", value: 0.5 }],
        ["D", { type: "D", value: { scale: 2, digits: 314 } }],
        ["t", { type: "t", value: true }],
        ["V", { type: "V", value: undefined }],
        ["A", list(int(1), longstr("x"), list())],
        ["F", { type: "F", value: table({ deep: table({}).size }) }],
      ]),
      deliveryMode: 2,
      priority: 9,
      correlationId: "c",
      replyTo: "r",
      expiration: "60000",
      messageId: "m",
      timestamp: 1_700_000_000,
      type: "t",
      userId: "guest",
      appId: "a",
      clusterId: "k",
    }),
    [
      'basic.get-ok deliveryTag=1 routingKey=q contentType=text/plain contentEncoding=utf-8 headers={A:[I=1 S=x []] B:B=255 D:D={"scale":2,"digits":314} F:{deep:I=0} I:I=-70000 T:T=1700000000 V:V=undefined b:b=-1 bytes:x=\u0000\u00ff d:d=0.1 f:f=0.5 i:i=4000000000 l:l=-5000000000 s:s=-300 t:t=true text:S=\u00c3\u00bc u:u=65000} deliveryMode=2 priority=9 correlationId=c replyTo=r expiration=60000 messageId=m timestamp=1700000000 type=t userId=guest appId=a clusterId=k "b"',
    ],
    {
      differs: "Headers arrive sorted by name. RabbitMQ 3 leaves them in their order.",
      lines: [
        'basic.get-ok deliveryTag=1 routingKey=q contentType=text/plain contentEncoding=utf-8 headers={text:S=\u00c3\u00bc bytes:x=\u0000\u00ff b:b=-1 B:B=255 s:s=-300 u:u=65000 I:I=-70000 i:i=4000000000 l:l=-5000000000 T:T=1700000000 d:d=0.1 f:f=0.5 D:D={"scale":2,"digits":314} t:t=true V:V=undefined A:[I=1 S=x []] F:{deep:I=0}} deliveryMode=2 priority=9 correlationId=c replyTo=r expiration=60000 messageId=m timestamp=1700000000 type=t userId=guest appId=a clusterId=k "b"',
      ],
    },
  ),
  law("an empty body is a message too", carrying({}, ""), ['basic.get-ok deliveryTag=1 routingKey=q ""']),
  law("a body of several frames arrives whole", carrying({}, Buffer.alloc(400_000, "x")), [
    "basic.get-ok deliveryTag=1 routingKey=q <400000 bytes>",
  ]),
  law("an expiration that is not a number is refused", carrying({ expiration: "soon" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid expiration 'soon': no_integer classId=60 methodId=40",
  ]),
  law("a negative expiration is refused", carrying({ expiration: "-1" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid expiration '-1': {value_negative,-1} classId=60 methodId=40",
  ]),
  law("an expiration with a space is refused", carrying({ expiration: "10 " }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid expiration '10 ': {leftover_string,\" \"} classId=60 methodId=40",
  ]),
  law("an empty expiration is refused", carrying({ expiration: "" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid expiration '': no_integer classId=60 methodId=40",
  ]),
  law("an expiration that is too long is refused", carrying({ expiration: "99999999999999" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid expiration '99999999999999': {value_too_large,99999999999999} classId=60 methodId=40",
  ]),
  law("an expiration of a fraction is refused", carrying({ expiration: "1.5" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid expiration '1.5': {leftover_string,\".5\"} classId=60 methodId=40",
  ]),
  law(
    "a plus sign before an expiration is allowed",
    carrying({ expiration: "+60000" }),
    ['basic.get-ok deliveryTag=1 routingKey=q expiration=60000 "b"'],
    {
      differs:
        "An expiration arrives as the number that it means. RabbitMQ 3 delivers it as it was published.",
      lines: ['basic.get-ok deliveryTag=1 routingKey=q expiration=+60000 "b"'],
    },
  ),
  law("another user's id is refused", carrying({ userId: "mallory" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - user_id property set to 'mallory' but authenticated user was 'guest' classId=60 methodId=40",
  ]),
  law("a CC header that is not a list is refused", carrying({ headers: table({ CC: "x" }) }), [
    'channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid message: {unacceptable_type_in_header,"CC",longstr} classId=60 methodId=40',
  ]),
  law("a BCC header that is not a list is refused", carrying({ headers: table({ BCC: 5 }) }), [
    'channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid message: {unacceptable_type_in_header,"BCC",signedint} classId=60 methodId=40',
  ]),
  law("a CC list may hold other things than text", carrying({ headers: table({ CC: list(int(5)) }) }), [
    'basic.get-ok deliveryTag=1 routingKey=q headers={CC:[I=5]} "b"',
  ]),
  law(
    "CC and BCC name more keys, and BCC is removed",
    async (sandbox) => {
      const client = await sandbox.client();
      const queues = ["to", "cc", "bcc"].map((name) => sandbox.queue(name));
      for (const queue of queues) await client.call(1, "queue.declare", { queue });
      const [to = "", cc = "", bcc = ""] = queues;
      const headers = table({
        CC: list(longstr(cc)),
        BCC: list(longstr(bcc)),
        z: 1,
        a: 2,
      });
      client.publish(1, { routingKey: to }, "b", { headers });
      for (const queue of queues) await client.call(1, "basic.get", { queue, noAck: true });
      return sandbox.lines(client, "basic.get-ok", "basic.get-empty");
    },
    [
      'basic.get-ok deliveryTag=1 routingKey=to headers={CC:[S=cc] a:I=2 z:I=1} "b"',
      'basic.get-ok deliveryTag=2 routingKey=to headers={CC:[S=cc] a:I=2 z:I=1} "b"',
      'basic.get-ok deliveryTag=3 routingKey=to headers={CC:[S=cc] a:I=2 z:I=1} "b"',
    ],
    {
      differs: "Headers arrive sorted by name. RabbitMQ 3 leaves them in their order.",
      lines: [
        'basic.get-ok deliveryTag=1 routingKey=to headers={CC:[S=cc] z:I=1 a:I=2} "b"',
        'basic.get-ok deliveryTag=2 routingKey=to headers={CC:[S=cc] z:I=1 a:I=2} "b"',
        'basic.get-ok deliveryTag=3 routingKey=to headers={CC:[S=cc] z:I=1 a:I=2} "b"',
      ],
    },
  ),
  law(
    "publishing to a missing exchange closes the AMQP channel with 404",
    async (sandbox) => {
      const client = await sandbox.client();
      client.publish(1, { exchange: sandbox.exchange("x"), routingKey: "k" }, "b");
      return sandbox.channelClosed(client);
    },
    ["channel.close replyCode=404 replyText=NOT_FOUND - no exchange 'x' in vhost '/' classId=60 methodId=40"],
  ),
  law(
    "an unroutable message is dropped in silence",
    async (sandbox) => {
      const client = await sandbox.client();
      client.publish(1, { routingKey: sandbox.queue("nowhere") }, "b");
      client.publish(1, { exchange: "amq.fanout" }, "b");
      await client.call(1, "basic.qos", {});
      return sandbox.lines(client);
    },
    ["basic.qos-ok"],
  ),
  law(
    "an unroutable mandatory message is returned with 312, then confirmed",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.call(1, "confirm.select", {});
      client.publish(1, { routingKey: sandbox.queue("nowhere"), mandatory: true }, "come back", {
        messageId: "7",
      });
      await client.all("basic.ack", 1);
      return sandbox.lines(client);
    },
    [
      "confirm.select-ok",
      'basic.return replyCode=312 replyText=NO_ROUTE routingKey=nowhere messageId=7 "come back"',
      "basic.ack deliveryTag=1",
    ],
  ),
  law(
    "an unroutable mandatory message is returned without confirms too",
    async (sandbox) => {
      const client = await sandbox.client();
      client.publish(1, { exchange: "amq.direct", routingKey: "unbound", mandatory: true }, "come back");
      await client.all("basic.return", 1);
      return sandbox.lines(client, "basic.return");
    },
    ['basic.return replyCode=312 replyText=NO_ROUTE exchange=amq.direct routingKey=unbound "come back"'],
  ),
  law(
    "immediate is not implemented",
    async (sandbox) => {
      const client = await sandbox.client();
      client.publish(1, { routingKey: sandbox.queue("q"), immediate: true }, "now");
      return sandbox.connectionClosed(client);
    },
    ["connection.close replyCode=540 replyText=NOT_IMPLEMENTED - immediate=true classId=60 methodId=40"],
  ),
  law(
    "every publish is confirmed, also an unroutable one",
    async (sandbox) => {
      const client = await sandbox.client();
      await client.call(1, "confirm.select", {});
      for (let i = 0; i < 10; i += 1)
        client.publish(1, { exchange: "amq.direct", routingKey: "unbound" }, "b");
      const highest = () =>
        Math.max(
          0,
          ...client.received.map(({ method }) => (method.name === "basic.ack" ? method.args.deliveryTag : 0)),
        );
      for (let count = 1; highest() < 10; count += 1) await client.all("basic.ack", count);
      return [`acked up to ${highest()}`];
    },
    ["acked up to 10"],
  ),
  law(
    "confirms count per AMQP channel, from confirm.select on",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue();
      client.publish(1, { routingKey: queue }, "before");
      await client.call(1, "confirm.select", {});
      await client.call(1, "confirm.select", {});
      client.publish(1, { routingKey: queue }, "after");
      await client.all("basic.ack", 1);
      await client.call(2, "channel.open", {});
      await client.call(2, "confirm.select", {});
      client.publish(2, { routingKey: queue }, "other");
      await client.all("basic.ack", 2);
      return sandbox.lines(client, "confirm.select-ok", "basic.ack");
    },
    [
      "confirm.select-ok",
      "confirm.select-ok",
      "basic.ack deliveryTag=1",
      "confirm.select-ok",
      "basic.ack deliveryTag=1",
    ],
  ),
  law(
    "a full queue with reject-publish nacks the publish and keeps the old message",
    async (sandbox) => {
      const { client, queue } = await sandbox.withQueue({
        "x-max-length": 1,
        "x-overflow": "reject-publish",
      });
      await client.call(1, "confirm.select", {});
      client.publish(1, { routingKey: queue }, "first");
      await client.all("basic.ack", 1);
      client.publish(1, { routingKey: queue }, "second");
      await client.all("basic.nack", 1);
      client.publish(1, { routingKey: queue }, "third");
      await client.all("basic.nack", 2);
      await client.call(1, "basic.get", { queue, noAck: true });
      client.publish(1, { routingKey: queue }, "fourth");
      await client.all("basic.ack", 2);
      const confirms = [...(await client.all("basic.ack", 2)), ...(await client.all("basic.nack", 2))];
      return confirms.map(({ method }) => `${method.name} ${method.args.deliveryTag}`);
    },
    ["basic.ack 1", "basic.ack 4", "basic.nack 2", "basic.nack 3"],
  ),
];
