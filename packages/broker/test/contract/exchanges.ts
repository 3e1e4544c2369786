import type { Args } from "../../src/wire/methods.ts";
import { type Law, law } from "../support/law.ts";
import { table } from "../support/raw-client.ts";
import type { Stage } from "../support/stage.ts";

function again(
  first: Partial<Args<"exchange.declare">>,
  second: Partial<Args<"exchange.declare">>,
): Law["play"] {
  return async (stage) => {
    const client = await stage.client();
    const exchange = stage.exchange("x");
    await client.call(1, "exchange.declare", { exchange, type: "direct", ...first });
    await client.call(1, "exchange.declare", { exchange, type: "direct", ...second });
    return stage.lines(client, "exchange.declare-ok", "channel.close", "connection.close");
  };
}

/** What the broker says to one method. */
function one<
  N extends "exchange.declare" | "exchange.delete" | "exchange.bind" | "queue.bind" | "queue.unbind",
>(name: N, args: (stage: Stage) => Partial<Args<N>>): Law["play"] {
  return async (stage) => {
    const client = await stage.client();
    await client.call(1, "queue.declare", { queue: stage.queue("q") });
    await client.call(1, name, args(stage));
    return stage.lines(client).slice(1);
  };
}

/** Which of the bindings' queues each message reaches: one line per message. */
function routing(
  type: string,
  bindings: readonly { readonly key?: string; readonly args?: Args<"queue.bind">["args"] }[],
  messages: readonly { readonly key?: string; readonly headers?: Args<"queue.bind">["args"] }[],
): Law["play"] {
  return async (stage) => {
    const client = await stage.client();
    const exchange = stage.exchange("x");
    await client.call(1, "exchange.declare", { exchange, type });
    const queues = bindings.map((_, index) => stage.queue(`q${index}`));
    for (const [index, queue] of queues.entries()) {
      const { key: routingKey = "", args = table({}) } = bindings[index] ?? {};
      await client.call(1, "queue.declare", { queue });
      await client.call(1, "queue.bind", { queue, exchange, routingKey, args });
    }
    const lines: string[] = [];
    for (const { key: routingKey = "", headers } of messages) {
      client.publish(1, { exchange, routingKey }, "m", headers ? { headers } : {});
      const reached: number[] = [];
      for (const [index, queue] of queues.entries()) {
        const answer = await client.call(1, "basic.get", { queue, noAck: true });
        if (answer.method.name === "basic.get-ok") reached.push(index);
        const more = await client.call(1, "basic.get", { queue, noAck: true });
        if (more.method.name === "basic.get-ok") reached.push(index);
      }
      lines.push(`${routingKey} -> ${reached.join(" ")}`);
    }
    return lines;
  };
}

export const exchangeLaws: Law[] = [
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
  law("arguments nobody knows do not count", again({ args: table({ "x-colour": "blue" }) }, {}), [
    "exchange.declare-ok",
    "exchange.declare-ok",
  ]),
  law(
    "a passive declare asks for the name only",
    again({ durable: true }, { passive: true, type: "fanout" }),
    ["exchange.declare-ok", "exchange.declare-ok"],
  ),
  law("the type is compared before durable", again({ durable: true }, { type: "fanout" }), [
    "exchange.declare-ok",
    "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'type' for exchange 'x' in vhost '/': received 'fanout' but current is 'direct' classId=40 methodId=10",
  ]),
  law(
    "an unknown type is a hard error",
    one("exchange.declare", (stage) => ({ exchange: stage.exchange("x"), type: "magic" })),
    [
      "connection.close replyCode=503 replyText=COMMAND_INVALID - unknown exchange type 'magic' classId=40 methodId=10",
    ],
  ),
  law(
    "a passive declare of a missing exchange is 404",
    one("exchange.declare", (stage) => ({ exchange: stage.exchange("x"), type: "direct", passive: true })),
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
    "the exchanges that exist from the start may be declared again",
    one("exchange.declare", () => ({ exchange: "amq.topic", type: "topic", durable: true })),
    ["exchange.declare-ok"],
  ),
  law(
    "the exchanges that exist from the start must be declared as they are",
    one("exchange.declare", () => ({ exchange: "amq.topic", type: "topic" })),
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - inequivalent arg 'durable' for exchange 'amq.topic' in vhost '/': received 'false' but current is 'true' classId=40 methodId=10",
    ],
  ),
  law(
    "an alternate exchange of a number is refused",
    one("exchange.declare", (stage) => ({
      exchange: stage.exchange("x"),
      type: "direct",
      args: table({ "alternate-exchange": 5 }),
    })),
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - invalid type 'signedint' for arg 'alternate-exchange' in exchange 'x' in vhost '/' classId=40 methodId=10",
    ],
  ),
  law(
    "deleting a missing exchange is fine",
    one("exchange.delete", (stage) => ({ exchange: stage.exchange("x") })),
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
    "the exchanges that exist from the start cannot be deleted",
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
    one("queue.bind", (stage) => ({ queue: stage.queue("q"), exchange: "", routingKey: "k" })),
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - operation not permitted on the default exchange classId=50 methodId=20",
    ],
  ),
  law(
    "unbinding from the default exchange is refused",
    one("queue.unbind", (stage) => ({ queue: stage.queue("q"), exchange: "", routingKey: "k" })),
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - operation not permitted on the default exchange classId=50 methodId=50",
    ],
  ),
  law(
    "binding to a missing exchange is 404",
    one("queue.bind", (stage) => ({ queue: stage.queue("q"), exchange: stage.exchange("x") })),
    ["channel.close replyCode=404 replyText=NOT_FOUND - no exchange 'x' in vhost '/' classId=50 methodId=20"],
  ),
  law(
    "binding a missing queue is 404",
    one("queue.bind", (stage) => ({ queue: stage.queue("r"), exchange: "amq.direct" })),
    ["channel.close replyCode=404 replyText=NOT_FOUND - no queue 'r' in vhost '/' classId=50 methodId=20"],
  ),
  law(
    "binding a missing queue to a missing exchange names one",
    one("queue.bind", (stage) => ({ queue: stage.queue("r"), exchange: stage.exchange("x") })),
    ["channel.close replyCode=404 replyText=NOT_FOUND - no exchange 'x' in vhost '/' classId=50 methodId=20"],
  ),
  law(
    "unbinding what was never bound is fine",
    one("queue.unbind", (stage) => ({ queue: stage.queue("q"), exchange: "amq.direct", routingKey: "k" })),
    ["queue.unbind-ok"],
  ),
  law(
    "unbinding a missing queue",
    one("queue.unbind", (stage) => ({ queue: stage.queue("r"), exchange: "amq.direct" })),
    ["queue.unbind-ok"],
  ),
  law(
    "unbinding from a missing exchange",
    one("queue.unbind", (stage) => ({ queue: stage.queue("q"), exchange: stage.exchange("x") })),
    ["queue.unbind-ok"],
  ),
  law(
    "binding exchanges names the missing one",
    one("exchange.bind", (stage) => ({ source: "amq.direct", destination: stage.exchange("x") })),
    ["channel.close replyCode=404 replyText=NOT_FOUND - no exchange 'x' in vhost '/' classId=40 methodId=30"],
  ),
  law(
    "binding exchanges names a missing source",
    one("exchange.bind", (stage) => ({ destination: "amq.direct", source: stage.exchange("x") })),
    ["channel.close replyCode=404 replyText=NOT_FOUND - no exchange 'x' in vhost '/' classId=40 methodId=30"],
  ),
  law(
    "binding exchanges to the default one is refused",
    one("exchange.bind", () => ({ source: "amq.direct", destination: "" })),
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - operation not permitted on the default exchange classId=40 methodId=30",
    ],
  ),
  law(
    "binding exchanges from the default one is refused",
    one("exchange.bind", () => ({ destination: "amq.direct", source: "" })),
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - operation not permitted on the default exchange classId=40 methodId=30",
    ],
  ),
  law(
    "a headers binding with an unknown x-match is refused",
    one("queue.bind", (stage) => ({
      queue: stage.queue("q"),
      exchange: "amq.headers",
      args: table({ "x-match": "some" }),
    })),
    [
      'channel.close replyCode=406 replyText=PRECONDITION_FAILED - Invalid x-match field value <<"some">>; expected all, any, all-with-x, or any-with-x classId=50 methodId=20',
    ],
  ),
  law(
    "a headers binding with an x-match of a number is refused",
    one("queue.bind", (stage) => ({
      queue: stage.queue("q"),
      exchange: "amq.headers",
      args: table({ "x-match": 5 }),
    })),
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - Invalid x-match field type signedint (value 5); expected longstr classId=50 methodId=20",
    ],
  ),
  law(
    "a direct exchange wants the same key",
    routing(
      "direct",
      [{ key: "a" }, { key: "b" }, { key: "a" }, { key: "" }],
      [{ key: "a" }, { key: "b" }, { key: "" }, { key: "c" }],
    ),
    ["a -> 0 2", "b -> 1", " -> 3", "c -> "],
  ),
  law(
    "a fan-out exchange does not look at the key",
    routing("fanout", [{ key: "a" }, { key: "" }], [{ key: "a" }, { key: "z" }]),
    ["a -> 0 1", "z -> 0 1"],
  ),
  law(
    "a topic exchange matches words, stars and hashes",
    routing(
      "topic",
      [
        "a.b",
        "a.*",
        "*.b",
        "#",
        "a.#",
        "#.b",
        "a.#.b",
        "*",
        "",
        "*.*",
        "a.*.b",
        "#.#",
        "a.#.#.b",
        "*.#",
        "a..b",
        "#.*.b",
      ].map((key) => ({ key })),
      ["a.b", "a", "b", "", "a.x.b", "a.x.y.b", "a.b.c", "x.y", ".", "a..b", ".b", "a.", "A.b"].map(
        (key) => ({ key }),
      ),
    ),
    [
      "a.b -> 0 1 2 3 4 5 6 9 11 12 13 15",
      "a -> 3 4 7 11 13",
      "b -> 3 5 7 11 13",
      " -> 3 8 11",
      "a.x.b -> 3 4 5 6 10 11 12 13 15",
      "a.x.y.b -> 3 4 5 6 11 12 13 15",
      "a.b.c -> 3 4 11 13",
      "x.y -> 3 9 11 13",
      ". -> 3 9 11 13",
      "a..b -> 3 4 5 6 10 11 12 13 14 15",
      ".b -> 2 3 5 9 11 13 15",
      "a. -> 1 3 4 9 11 13",
      "A.b -> 2 3 5 9 11 13 15",
    ],
  ),
  law(
    "a headers exchange matches all or any of the arguments",
    routing(
      "headers",
      [
        { args: table({ "x-match": "all", a: 1, b: "two" }) },
        { args: table({ "x-match": "any", a: 1, b: "two" }) },
        { args: table({ a: 1 }) },
        { args: table({ "x-match": "all", a: { type: "V", value: undefined } }) },
        { args: table({ "x-match": "all", "x-a": 1 }) },
        { args: table({ "x-match": "all-with-x", "x-a": 1 }) },
        { args: table({ "x-match": "any-with-x", "x-a": 1, a: 9 }) },
        { args: table({ "x-match": "any" }) },
        { args: table({}) },
      ],
      [
        { key: "both", headers: table({ a: 1, b: "two" }) },
        { key: "one", headers: table({ a: 1 }) },
        { key: "other", headers: table({ a: 2, b: "two" }) },
        { key: "more", headers: table({ a: 1, b: "two", c: true }) },
        { key: "long", headers: table({ a: { type: "l", value: 1n } }) },
        { key: "text", headers: table({ a: "1" }) },
        { key: "x", headers: table({ "x-a": 1 }) },
        { key: "none" },
      ],
    ),
    [
      "both -> 0 1 2 3 4 8",
      "one -> 1 2 3 4 8",
      "other -> 1 3 4 8",
      "more -> 0 1 2 3 4 8",
      "long -> 1 2 3 4 8",
      "text -> 3 4 8",
      "x -> 4 5 6 8",
      "none -> 4 8",
    ],
  ),
  law(
    "two bindings of one queue give it one message",
    async (stage) => {
      const client = await stage.client();
      const [exchange, queue] = [stage.exchange("x"), stage.queue("q")];
      await client.call(1, "exchange.declare", { exchange, type: "topic" });
      await client.call(1, "queue.declare", { queue });
      for (const routingKey of ["#", "a.#", "a.b", "a.b"])
        await client.call(1, "queue.bind", { queue, exchange, routingKey });
      client.publish(1, { exchange, routingKey: "a.b" }, "once");
      await client.call(1, "basic.get", { queue, noAck: true });
      return stage.lines(client, "basic.get-ok");
    },
    ['basic.get-ok deliveryTag=1 exchange=x routingKey=a.b "once"'],
  ),
  law(
    "unbinding one of two leaves the other",
    async (stage) => {
      const client = await stage.client();
      const queue = stage.queue("q");
      const exchange = stage.exchange("x");
      await client.call(1, "exchange.declare", { exchange, type: "direct" });
      await client.call(1, "queue.declare", { queue });
      await client.call(1, "queue.bind", { queue, exchange, routingKey: "a" });
      await client.call(1, "queue.bind", { queue, exchange, routingKey: "b" });
      await client.call(1, "queue.unbind", { queue, exchange, routingKey: "a" });
      client.publish(1, { exchange, routingKey: "a" }, "a");
      client.publish(1, { exchange, routingKey: "b" }, "b");
      await client.call(1, "basic.get", { queue, noAck: true });
      return stage.lines(client, "basic.get-ok");
    },
    ['basic.get-ok deliveryTag=1 exchange=x routingKey=b "b"'],
  ),
  law(
    "bindings with other arguments are other bindings",
    async (stage) => {
      const client = await stage.client();
      const queue = stage.queue("q");
      const exchange = stage.exchange("x");
      await client.call(1, "exchange.declare", { exchange, type: "direct" });
      await client.call(1, "queue.declare", { queue });
      await client.call(1, "queue.bind", { queue, exchange, routingKey: "a" });
      await client.call(1, "queue.unbind", { queue, exchange, routingKey: "a", args: table({ other: 1 }) });
      client.publish(1, { exchange, routingKey: "a" }, "still bound");
      await client.call(1, "basic.get", { queue, noAck: true });
      return stage.lines(client, "basic.get-ok");
    },
    ['basic.get-ok deliveryTag=1 exchange=x routingKey=a "still bound"'],
  ),
  law(
    "if-unused keeps an exchange that has a binding",
    async (stage) => {
      const client = await stage.client();
      const [exchange, queue] = [stage.exchange("x"), stage.queue("q")];
      await client.call(1, "exchange.declare", { exchange, type: "direct" });
      await client.call(1, "queue.declare", { queue });
      await client.call(1, "queue.bind", { queue, exchange });
      await client.call(1, "exchange.delete", { exchange, ifUnused: true });
      return stage.lines(client, "exchange.delete-ok", "channel.close");
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - exchange 'x' in vhost '/' in use classId=40 methodId=20",
    ],
  ),
  law(
    "a deleted exchange is gone, its queues stay",
    async (stage) => {
      const client = await stage.client();
      const [exchange, queue] = [stage.exchange("x"), stage.queue("q")];
      await client.call(1, "exchange.declare", { exchange, type: "direct" });
      await client.call(1, "queue.declare", { queue });
      await client.call(1, "queue.bind", { queue, exchange });
      await client.call(1, "exchange.delete", { exchange });
      await client.call(1, "queue.declare", { queue, passive: true });
      client.publish(1, { exchange }, "lost");
      await client.until("channel.close");
      return stage.lines(client, "queue.declare-ok", "channel.close");
    },
    [
      "queue.declare-ok queue=q",
      "queue.declare-ok queue=q",
      "channel.close replyCode=404 replyText=NOT_FOUND - no exchange 'x' in vhost '/' classId=60 methodId=40",
    ],
  ),
  law(
    "an auto-delete exchange goes with its last binding",
    async (stage) => {
      const client = await stage.client();
      const [exchange, a, b] = [stage.exchange("x"), stage.queue("a"), stage.queue("b")];
      await client.call(1, "exchange.declare", { exchange, type: "fanout", autoDelete: true });
      for (const queue of [a, b]) {
        await client.call(1, "queue.declare", { queue });
        await client.call(1, "queue.bind", { queue, exchange });
      }
      await client.call(1, "queue.unbind", { queue: a, exchange });
      await client.call(1, "exchange.declare", { exchange, type: "fanout", passive: true });
      await client.call(1, "queue.delete", { queue: b });
      await client.call(1, "exchange.declare", { exchange, type: "fanout", passive: true });
      return stage.lines(client);
    },
    [
      "exchange.declare-ok",
      "queue.declare-ok queue=a",
      "queue.bind-ok",
      "queue.declare-ok queue=b",
      "queue.bind-ok",
      "queue.unbind-ok",
      "exchange.declare-ok",
      "queue.delete-ok",
      "channel.close replyCode=404 replyText=NOT_FOUND - no exchange 'x' in vhost '/' classId=40 methodId=10",
    ],
  ),
  law(
    "exchanges can be chained, also in a circle",
    async (stage) => {
      const client = await stage.client();
      const [a, b, queue] = [stage.exchange("a"), stage.exchange("b"), stage.queue("q")];
      await client.call(1, "exchange.declare", { exchange: a, type: "fanout" });
      await client.call(1, "exchange.declare", { exchange: b, type: "direct" });
      await client.call(1, "queue.declare", { queue });
      await client.call(1, "exchange.bind", { source: a, destination: b });
      await client.call(1, "exchange.bind", { source: b, destination: a, routingKey: "k" });
      await client.call(1, "queue.bind", { queue, exchange: b, routingKey: "k" });
      client.publish(1, { exchange: a, routingKey: "k" }, "round");
      await client.call(1, "basic.get", { queue, noAck: true });
      await client.call(1, "exchange.unbind", { source: a, destination: b });
      client.publish(1, { exchange: a, routingKey: "k" }, "cut");
      await client.call(1, "basic.get", { queue, noAck: true });
      return stage.lines(client, "basic.get-ok", "basic.get-empty");
    },
    ['basic.get-ok deliveryTag=1 exchange=a routingKey=k "round"', "basic.get-empty"],
  ),
  law(
    "what no binding wants goes to the alternate exchange",
    async (stage) => {
      const client = await stage.client();
      const [exchange, other, queue] = [stage.exchange("x"), stage.exchange("other"), stage.queue("q")];
      await client.call(1, "exchange.declare", { exchange: other, type: "fanout" });
      await client.call(1, "exchange.declare", {
        exchange,
        type: "direct",
        args: table({ "alternate-exchange": other }),
      });
      await client.call(1, "queue.declare", { queue });
      await client.call(1, "queue.bind", { queue, exchange: other });
      client.publish(1, { exchange, routingKey: "nobody", mandatory: true }, "lost and found");
      await client.call(1, "basic.get", { queue, noAck: true });
      return stage.lines(client, "basic.get-ok", "basic.return");
    },
    ['basic.get-ok deliveryTag=1 exchange=x routingKey=nobody "lost and found"'],
  ),
  law(
    "nobody publishes to an internal exchange",
    async (stage) => {
      const client = await stage.client();
      const exchange = stage.exchange("x");
      await client.call(1, "exchange.declare", { exchange, type: "fanout", internal: true });
      client.publish(1, { exchange }, "no");
      await client.until("channel.close");
      return stage.lines(client, "channel.close");
    },
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - cannot publish to internal exchange 'x' in vhost '/' classId=60 methodId=40",
    ],
  ),
];
