import type { Properties } from "../../src/wire/properties.ts";
import { type Law, law } from "../support/law.ts";
import { int, table, text } from "../support/raw-client.ts";

/** Publishes one message with these properties to an own queue: what comes back of it. */
function carrying(properties: Properties, body: string | Buffer = "b"): Law["play"] {
  return async (stage) => {
    const client = await stage.client();
    const queue = stage.queue("q");
    await client.call(1, "queue.declare", { queue });
    client.publish(1, { routingKey: queue }, body, properties);
    await client.call(1, "basic.get", { queue, noAck: true });
    return stage.lines(client, "basic.get-ok", "basic.get-empty", "channel.close", "connection.close");
  };
}

export const publishingLaws: Law[] = [
  law(
    "a message arrives as it was sent, every property of it",
    carrying({
      contentType: "text/plain",
      contentEncoding: "utf-8",
      headers: new Map([
        ["text", text("\u00c3\u00bc")],
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
        ["A", { type: "A", value: [int(1), text("x"), { type: "A", value: [] }] }],
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
      'basic.get-ok deliveryTag=1 routingKey=q contentType=text/plain contentEncoding=utf-8 headers={text:S=\u00c3\u00bc bytes:x=\u0000\u00ff b:b=-1 B:B=255 s:s=-300 u:u=65000 I:I=-70000 i:i=4000000000 l:l=-5000000000 T:T=1700000000 d:d=0.1 f:f=0.5 D:D={"scale":2,"digits":314} t:t=true V:V=undefined A:[I=1 S=x []] F:{deep:I=0}} deliveryMode=2 priority=9 correlationId=c replyTo=r expiration=60000 messageId=m timestamp=1700000000 type=t userId=guest appId=a clusterId=k "b"',
    ],
  ),
  law("an empty body is a message too", carrying({}, ""), ['basic.get-ok deliveryTag=1 routingKey=q ""']),
  law("a body of several frames arrives whole", carrying({}, Buffer.alloc(400_000, "x")), [
    "basic.get-ok deliveryTag=1 routingKey=q <400000 bytes>",
  ]),
  law("an expiration that is no number is refused", carrying({ expiration: "soon" }), [
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
  law("a plus sign before an expiration", carrying({ expiration: "+60000" }), [
    'basic.get-ok deliveryTag=1 routingKey=q expiration=+60000 "b"',
  ]),
  law("a user id of somebody else is refused", carrying({ userId: "mallory" }), [
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - user_id property set to 'mallory' but authenticated user was 'guest' classId=60 methodId=40",
  ]),
  law("a CC header that is no list is refused", carrying({ headers: table({ CC: "x" }) }), [
    'channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid message: {unacceptable_type_in_header,"CC",longstr} classId=60 methodId=40',
  ]),
  law("a BCC header that is no list is refused", carrying({ headers: table({ BCC: 5 }) }), [
    'channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid message: {unacceptable_type_in_header,"BCC",signedint} classId=60 methodId=40',
  ]),
  law(
    "CC with something else than text",
    carrying({ headers: table({ CC: { type: "A", value: [int(5)] } }) }),
    ['basic.get-ok deliveryTag=1 routingKey=q headers={CC:[I=5]} "b"'],
  ),
  law(
    "CC and BCC name more keys, and BCC does not show",
    async (stage) => {
      const client = await stage.client();
      const queues = ["to", "cc", "bcc"].map((name) => stage.queue(name));
      for (const queue of queues) await client.call(1, "queue.declare", { queue });
      const [to = "", cc = "", bcc = ""] = queues;
      const headers = table({
        CC: { type: "A", value: [text(cc)] },
        BCC: { type: "A", value: [text(bcc)] },
        z: 1,
        a: 2,
      });
      client.publish(1, { routingKey: to }, "b", { headers });
      for (const queue of queues) await client.call(1, "basic.get", { queue, noAck: true });
      return stage.lines(client, "basic.get-ok", "basic.get-empty");
    },
    [
      'basic.get-ok deliveryTag=1 routingKey=to headers={CC:[S=cc] z:I=1 a:I=2} "b"',
      'basic.get-ok deliveryTag=2 routingKey=to headers={CC:[S=cc] z:I=1 a:I=2} "b"',
      'basic.get-ok deliveryTag=3 routingKey=to headers={CC:[S=cc] z:I=1 a:I=2} "b"',
    ],
  ),
  law(
    "publishing to a missing exchange closes the AMQP channel with 404",
    async (stage) => {
      const client = await stage.client();
      client.publish(1, { exchange: stage.exchange("x"), routingKey: "k" }, "b");
      await client.until("channel.close");
      return stage.lines(client, "channel.close");
    },
    ["channel.close replyCode=404 replyText=NOT_FOUND - no exchange 'x' in vhost '/' classId=60 methodId=40"],
  ),
  law(
    "what nobody is bound for is dropped without a word",
    async (stage) => {
      const client = await stage.client();
      client.publish(1, { routingKey: stage.queue("nowhere") }, "b");
      client.publish(1, { exchange: "amq.fanout" }, "b");
      await client.call(1, "basic.qos", {});
      return stage.lines(client);
    },
    ["basic.qos-ok"],
  ),
  law(
    "a mandatory message without a queue comes back with 312, then is confirmed",
    async (stage) => {
      const client = await stage.client();
      await client.call(1, "confirm.select", {});
      client.publish(1, { routingKey: stage.queue("nowhere"), mandatory: true }, "come back", {
        messageId: "7",
      });
      await client.all("basic.ack", 1);
      return stage.lines(client);
    },
    [
      "confirm.select-ok",
      'basic.return replyCode=312 replyText=NO_ROUTE routingKey=nowhere messageId=7 "come back"',
      "basic.ack deliveryTag=1",
    ],
  ),
  law(
    "a mandatory message comes back without confirms too",
    async (stage) => {
      const client = await stage.client();
      client.publish(1, { exchange: "amq.direct", routingKey: "nobody", mandatory: true }, "come back");
      await client.all("basic.return", 1);
      return stage.lines(client, "basic.return");
    },
    ['basic.return replyCode=312 replyText=NO_ROUTE exchange=amq.direct routingKey=nobody "come back"'],
  ),
  law(
    "immediate is not there any more",
    async (stage) => {
      const client = await stage.client();
      client.publish(1, { routingKey: stage.queue("q"), immediate: true }, "now");
      await client.closed();
      return stage.lines(client, "connection.close");
    },
    ["connection.close replyCode=540 replyText=NOT_IMPLEMENTED - immediate=true classId=60 methodId=40"],
  ),
  law(
    "every publish is confirmed, also what nobody gets",
    async (stage) => {
      const client = await stage.client();
      await client.call(1, "confirm.select", {});
      for (let i = 0; i < 10; i += 1)
        client.publish(1, { exchange: "amq.direct", routingKey: "nobody" }, "b");
      const highest = () =>
        Math.max(
          0,
          ...client.heard.map(({ method }) => (method.name === "basic.ack" ? method.args.deliveryTag : 0)),
        );
      for (let count = 1; highest() < 10; count += 1) await client.all("basic.ack", count);
      return [`acked up to ${highest()}`];
    },
    ["acked up to 10"],
  ),
  law(
    "confirms count per AMQP channel, from the moment they are asked for",
    async (stage) => {
      const client = await stage.client();
      const queue = stage.queue("q");
      await client.call(1, "queue.declare", { queue });
      client.publish(1, { routingKey: queue }, "before");
      await client.call(1, "confirm.select", {});
      await client.call(1, "confirm.select", {});
      client.publish(1, { routingKey: queue }, "after");
      await client.all("basic.ack", 1);
      await client.call(2, "channel.open", {});
      await client.call(2, "confirm.select", {});
      client.publish(2, { routingKey: queue }, "other");
      await client.all("basic.ack", 2);
      return stage.lines(client, "confirm.select-ok", "basic.ack");
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
    "a full queue that rejects nacks the publisher and keeps the old",
    async (stage) => {
      const client = await stage.client();
      const queue = stage.queue("q");
      await client.call(1, "queue.declare", {
        queue,
        args: table({ "x-max-length": 1, "x-overflow": "reject-publish" }),
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
      const answers = [...(await client.all("basic.ack", 2)), ...(await client.all("basic.nack", 2))];
      return answers.map(({ method }) => `${method.name} ${method.args.deliveryTag}`);
    },
    ["basic.ack 1", "basic.ack 4", "basic.nack 2", "basic.nack 3"],
  ),
  law(
    "direct reply-to answers without a queue",
    async (stage) => {
      const asker = await stage.client();
      const server = await stage.client();
      const queue = stage.queue("q");
      await server.call(1, "queue.declare", { queue });
      await asker.call(1, "basic.consume", {
        queue: "amq.rabbitmq.reply-to",
        consumerTag: "answers",
        noAck: true,
      });
      asker.publish(1, { routingKey: queue }, "question", { replyTo: "amq.rabbitmq.reply-to" });
      await server.call(1, "basic.consume", { queue, consumerTag: "server", noAck: true });
      const [question] = await server.all("basic.deliver", 1);
      const address = question?.properties?.replyTo ?? "";
      await server.call(1, "queue.declare", { queue: address, passive: true });
      server.publish(1, { routingKey: address }, "answer");
      await asker.all("basic.deliver", 1);
      server.publish(1, { routingKey: `${address}x`, mandatory: true }, "to nobody");
      await server.all("basic.return", 1);
      return [...stage.lines(asker), ...stage.lines(server)];
    },
    [
      "basic.consume-ok consumerTag=answers",
      'basic.deliver consumerTag=answers deliveryTag=1 routingKey=amq.rabbitmq.reply-to.* "answer"',
      "queue.declare-ok queue=q",
      "basic.consume-ok consumerTag=server",
      'basic.deliver consumerTag=server deliveryTag=1 routingKey=q replyTo=amq.rabbitmq.reply-to.* "question"',
      "queue.declare-ok queue=amq.rabbitmq.reply-to.* consumerCount=1",
      'basic.return replyCode=312 replyText=NO_ROUTE routingKey=amq.rabbitmq.reply-to.* "to nobody"',
    ],
  ),
  law(
    "direct reply-to wants a consumer without acks, and before the question",
    async (stage) => {
      const client = await stage.client();
      await client.call(1, "basic.consume", { queue: "amq.rabbitmq.reply-to" });
      await client.call(1, "channel.open", {});
      client.publish(1, { routingKey: "k" }, "q", { replyTo: "amq.rabbitmq.reply-to" });
      await client.all("channel.close", 2);
      await client.call(1, "channel.open", {});
      await client.call(1, "basic.consume", {
        queue: "amq.rabbitmq.reply-to",
        noAck: true,
        consumerTag: "a",
      });
      await client.call(1, "basic.consume", {
        queue: "amq.rabbitmq.reply-to",
        noAck: true,
        consumerTag: "b",
      });
      return stage.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - reply consumer cannot acknowledge classId=60 methodId=20",
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - fast reply consumer does not exist classId=60 methodId=40",
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - reply consumer already set classId=60 methodId=20",
    ],
  ),
];
