import type { Args } from "../../src/wire/methods.ts";
import { table } from "../support/fields.ts";
import { type Law, law } from "../support/law.ts";
import type { Sandbox } from "../support/sandbox.ts";

/** Declares an exchange with `first` and again with `second`. */
function again(
  first: Partial<Args<"exchange.declare">>,
  second: Partial<Args<"exchange.declare">>,
): Law["run"] {
  return async (sandbox) => {
    const client = await sandbox.client();
    const exchange = sandbox.exchange("x");
    await client.call(1, "exchange.declare", { exchange, type: "direct", ...first });
    await client.call(1, "exchange.declare", { exchange, type: "direct", ...second });
    return sandbox.lines(client, "exchange.declare-ok", "channel.close", "connection.close");
  };
}

/** Calls one method; the transcript is its reply. */
function one<
  N extends "exchange.declare" | "exchange.delete" | "exchange.bind" | "queue.bind" | "queue.unbind",
>(name: N, args: (sandbox: Sandbox) => Partial<Args<N>>): Law["run"] {
  return async (sandbox) => {
    const client = await sandbox.client();
    await client.call(1, "queue.declare", { queue: sandbox.queue("q") });
    await client.call(1, name, args(sandbox));
    return sandbox.lines(client).slice(1);
  };
}

export const exchangeDeclarationLaws: Law[] = [
  law("declaring the same again is fine", again({}, {}), ["exchange.declare-ok", "exchange.declare-ok"]),
  law("the type must be the same", again({}, { type: "fanout" }), [
    "exchange.declare-ok",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'type' for exchange 'x' in vhost '/': received 'fanout' but current is 'direct' classId=40 methodId=10",
  ]),
  law("durable must be the same", again({ durable: true }, {}), [
    "exchange.declare-ok",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'durable' for exchange 'x' in vhost '/': received 'false' but current is 'true' classId=40 methodId=10",
  ]),
  law("auto-delete must be the same", again({ autoDelete: true }, {}), [
    "exchange.declare-ok",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'auto_delete' for exchange 'x' in vhost '/': received 'false' but current is 'true' classId=40 methodId=10",
  ]),
  law("internal must be the same", again({ internal: true }, {}), [
    "exchange.declare-ok",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'internal' for exchange 'x' in vhost '/': received 'false' but current is 'true' classId=40 methodId=10",
  ]),
  law("the alternate exchange must be the same", again({ args: table({ "alternate-exchange": "a" }) }, {}), [
    "exchange.declare-ok",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'alternate-exchange' for exchange 'x' in vhost '/': received none but current is the value 'a' of type 'longstr' classId=40 methodId=10",
  ]),
  law("unknown arguments do not count", again({ args: table({ "x-colour": "blue" }) }, {}), [
    "exchange.declare-ok",
    "exchange.declare-ok",
  ]),
  law(
    "a passive declare compares the name only",
    again({ durable: true }, { passive: true, type: "fanout" }),
    ["exchange.declare-ok", "exchange.declare-ok"],
  ),
  law("the type is compared before durable", again({ durable: true }, { type: "fanout" }), [
    "exchange.declare-ok",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'type' for exchange 'x' in vhost '/': received 'fanout' but current is 'direct' classId=40 methodId=10",
  ]),
  law(
    "an unknown type is refused",
    one("exchange.declare", (sandbox) => ({ exchange: sandbox.exchange("x"), type: "magic" })),
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - unknown exchange type 'magic' classId=40 methodId=10",
    ],
    {
      differs: "An unknown exchange type closes the AMQP channel. RabbitMQ 3 closes the connection.",
      lines: [
        "connection.close replyCode=503 replyText=COMMAND_INVALID - unknown exchange type 'magic' classId=40 methodId=10",
      ],
    },
  ),
  law(
    "a passive declare of a missing exchange is 404",
    one("exchange.declare", (sandbox) => ({
      exchange: sandbox.exchange("x"),
      type: "direct",
      passive: true,
    })),
    ["channel.close replyCode=404 replyText=NOT_FOUND - no exchange 'x' in vhost '/' classId=40 methodId=10"],
  ),
  law(
    "the default exchange cannot be declared",
    one("exchange.declare", () => ({ exchange: "", type: "direct", durable: true })),
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - operation not permitted on the default exchange classId=40 methodId=10",
    ],
  ),
  law(
    "the default exchange cannot be declared passively either",
    one("exchange.declare", () => ({ exchange: "", type: "direct", passive: true })),
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - operation not permitted on the default exchange classId=40 methodId=10",
    ],
  ),
  law(
    "names that start with amq. are reserved",
    one("exchange.declare", () => ({ exchange: "amq.mine", type: "direct" })),
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - exchange name 'amq.mine' contains reserved prefix 'amq.*' classId=40 methodId=10",
    ],
  ),
  law(
    "a predeclared exchange may be declared again",
    one("exchange.declare", () => ({ exchange: "amq.topic", type: "topic", durable: true })),
    ["exchange.declare-ok"],
  ),
  law(
    "a predeclared exchange must be declared as it is",
    one("exchange.declare", () => ({ exchange: "amq.topic", type: "topic" })),
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'durable' for exchange 'amq.topic' in vhost '/': received 'false' but current is 'true' classId=40 methodId=10",
    ],
  ),
  law(
    "an alternate exchange of a number is refused",
    one("exchange.declare", (sandbox) => ({
      exchange: sandbox.exchange("x"),
      type: "direct",
      args: table({ "alternate-exchange": 5 }),
    })),
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid type 'signedint' for arg 'alternate-exchange' in exchange 'x' in vhost '/' classId=40 methodId=10",
    ],
  ),
  law(
    "deleting a missing exchange is fine",
    one("exchange.delete", (sandbox) => ({ exchange: sandbox.exchange("x") })),
    ["exchange.delete-ok"],
  ),
  law(
    "the default exchange cannot be deleted",
    one("exchange.delete", () => ({ exchange: "" })),
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - operation not permitted on the default exchange classId=40 methodId=20",
    ],
  ),
  law(
    "a predeclared exchange cannot be deleted",
    one("exchange.delete", () => ({ exchange: "amq.direct" })),
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - deletion of system exchange 'amq.direct' in vhost '/' not allowed classId=40 methodId=20",
    ],
  ),
  law(
    "an amq. exchange that does not exist cannot be deleted",
    one("exchange.delete", () => ({ exchange: "amq.nothing" })),
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - deletion of system exchange 'amq.nothing' in vhost '/' not allowed classId=40 methodId=20",
    ],
  ),
  law(
    "binding to the default exchange is refused",
    one("queue.bind", (sandbox) => ({ queue: sandbox.queue("q"), exchange: "", routingKey: "k" })),
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - operation not permitted on the default exchange classId=50 methodId=20",
    ],
  ),
  law(
    "unbinding from the default exchange is refused",
    one("queue.unbind", (sandbox) => ({ queue: sandbox.queue("q"), exchange: "", routingKey: "k" })),
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - operation not permitted on the default exchange classId=50 methodId=50",
    ],
  ),
  law(
    "binding to a missing exchange is 404",
    one("queue.bind", (sandbox) => ({ queue: sandbox.queue("q"), exchange: sandbox.exchange("x") })),
    ["channel.close replyCode=404 replyText=NOT_FOUND - no exchange 'x' in vhost '/' classId=50 methodId=20"],
  ),
  law(
    "binding a missing queue is 404",
    one("queue.bind", (sandbox) => ({ queue: sandbox.queue("r"), exchange: "amq.direct" })),
    ["channel.close replyCode=404 replyText=NOT_FOUND - no queue 'r' in vhost '/' classId=50 methodId=20"],
  ),
  law(
    "binding a missing queue to a missing exchange names the exchange",
    one("queue.bind", (sandbox) => ({ queue: sandbox.queue("r"), exchange: sandbox.exchange("x") })),
    ["channel.close replyCode=404 replyText=NOT_FOUND - no exchange 'x' in vhost '/' classId=50 methodId=20"],
  ),
  law(
    "unbinding without a binding is fine",
    one("queue.unbind", (sandbox) => ({
      queue: sandbox.queue("q"),
      exchange: "amq.direct",
      routingKey: "k",
    })),
    ["queue.unbind-ok"],
  ),
  law(
    "unbinding a missing queue is fine",
    one("queue.unbind", (sandbox) => ({ queue: sandbox.queue("r"), exchange: "amq.direct" })),
    ["queue.unbind-ok"],
  ),
  law(
    "unbinding from a missing exchange is fine",
    one("queue.unbind", (sandbox) => ({ queue: sandbox.queue("q"), exchange: sandbox.exchange("x") })),
    ["queue.unbind-ok"],
  ),
  law(
    "binding a missing exchange is 404",
    one("exchange.bind", (sandbox) => ({ source: "amq.direct", destination: sandbox.exchange("x") })),
    ["channel.close replyCode=404 replyText=NOT_FOUND - no exchange 'x' in vhost '/' classId=40 methodId=30"],
  ),
  law(
    "binding to a missing source exchange is 404",
    one("exchange.bind", (sandbox) => ({ destination: "amq.direct", source: sandbox.exchange("x") })),
    ["channel.close replyCode=404 replyText=NOT_FOUND - no exchange 'x' in vhost '/' classId=40 methodId=30"],
  ),
  law(
    "binding the default exchange to another is refused",
    one("exchange.bind", () => ({ source: "amq.direct", destination: "" })),
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - operation not permitted on the default exchange classId=40 methodId=30",
    ],
  ),
  law(
    "binding an exchange to the default one is refused",
    one("exchange.bind", () => ({ destination: "amq.direct", source: "" })),
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - operation not permitted on the default exchange classId=40 methodId=30",
    ],
  ),
  law(
    "a headers binding with an unknown x-match is refused",
    one("queue.bind", (sandbox) => ({
      queue: sandbox.queue("q"),
      exchange: "amq.headers",
      args: table({ "x-match": "some" }),
    })),
    [
      'channel.close replyCode=406 replyText=PRECONDITION_FAILED - Invalid x-match field value <<"some">>; expected all, any, all-with-x, or any-with-x classId=50 methodId=20',
    ],
  ),
  law(
    "a headers binding with an x-match of a number is refused",
    one("queue.bind", (sandbox) => ({
      queue: sandbox.queue("q"),
      exchange: "amq.headers",
      args: table({ "x-match": 5 }),
    })),
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - Invalid x-match field type signedint (value 5); expected longstr classId=50 methodId=20",
    ],
  ),
];
