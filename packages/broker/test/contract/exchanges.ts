import type { Args } from "../../src/wire/methods.ts";
import { table } from "../support/fields.ts";
import { type Law, law } from "../support/law.ts";
import type { Sandbox } from "../support/sandbox.ts";

/** One line per message: the numbers of the bindings whose queues it reaches. */
function routing(
  type: string,
  bindings: readonly { readonly key?: string; readonly args?: Args<"queue.bind">["args"] }[],
  messages: readonly { readonly key?: string; readonly headers?: Args<"queue.bind">["args"] }[],
): Law["run"] {
  return async (sandbox) => {
    const client = await sandbox.client();
    const exchange = sandbox.exchange("x");
    await client.call(1, "exchange.declare", { exchange, type });
    const queues = bindings.map((_, index) => sandbox.queue(`q${index}`));
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
        const first = await client.call(1, "basic.get", { queue, noAck: true });
        if (first.method.name === "basic.get-ok") reached.push(index);
        const more = await client.call(1, "basic.get", { queue, noAck: true });
        if (more.method.name === "basic.get-ok") reached.push(index);
      }
      lines.push(`${routingKey} -> ${reached.join(" ")}`);
    }
    return lines;
  };
}

/** A client, an exchange of that type and a queue, not yet bound to each other. */
async function withExchange(sandbox: Sandbox, type: string) {
  const { client, queue } = await sandbox.withQueue();
  const exchange = sandbox.exchange("x");
  await client.call(1, "exchange.declare", { exchange, type });
  return { client, exchange, queue };
}

export const exchangeLaws: Law[] = [
  law(
    "a direct exchange matches the same key",
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
    "a queue with several matching bindings gets one message",
    async (sandbox) => {
      const { client, exchange, queue } = await withExchange(sandbox, "topic");
      for (const routingKey of ["#", "a.#", "a.b", "a.b"])
        await client.call(1, "queue.bind", { queue, exchange, routingKey });
      client.publish(1, { exchange, routingKey: "a.b" }, "once");
      await client.call(1, "basic.get", { queue, noAck: true });
      return sandbox.lines(client, "basic.get-ok");
    },
    ['basic.get-ok deliveryTag=1 exchange=x routingKey=a.b "once"'],
  ),
  law(
    "unbinding removes one binding and leaves the others",
    async (sandbox) => {
      const { client, exchange, queue } = await withExchange(sandbox, "direct");
      await client.call(1, "queue.bind", { queue, exchange, routingKey: "a" });
      await client.call(1, "queue.bind", { queue, exchange, routingKey: "b" });
      await client.call(1, "queue.unbind", { queue, exchange, routingKey: "a" });
      client.publish(1, { exchange, routingKey: "a" }, "a");
      client.publish(1, { exchange, routingKey: "b" }, "b");
      await client.call(1, "basic.get", { queue, noAck: true });
      return sandbox.lines(client, "basic.get-ok");
    },
    ['basic.get-ok deliveryTag=1 exchange=x routingKey=b "b"'],
  ),
  law(
    "bindings with other arguments are other bindings",
    async (sandbox) => {
      const { client, exchange, queue } = await withExchange(sandbox, "direct");
      await client.call(1, "queue.bind", { queue, exchange, routingKey: "a" });
      await client.call(1, "queue.unbind", { queue, exchange, routingKey: "a", args: table({ other: 1 }) });
      client.publish(1, { exchange, routingKey: "a" }, "still bound");
      await client.call(1, "basic.get", { queue, noAck: true });
      return sandbox.lines(client, "basic.get-ok");
    },
    ['basic.get-ok deliveryTag=1 exchange=x routingKey=a "still bound"'],
  ),
  law(
    "if-unused keeps an exchange that has a binding",
    async (sandbox) => {
      const { client, exchange, queue } = await withExchange(sandbox, "direct");
      await client.call(1, "queue.bind", { queue, exchange });
      await client.call(1, "exchange.delete", { exchange, ifUnused: true });
      return sandbox.lines(client, "exchange.delete-ok", "channel.close");
    },
    [
      "channel.close replyCode=406 replyText=PRECONDITION_FAILED - exchange 'x' in vhost '/' in use classId=40 methodId=20",
    ],
  ),
  law(
    "a deleted exchange is gone, and its queues stay",
    async (sandbox) => {
      const { client, exchange, queue } = await withExchange(sandbox, "direct");
      await client.call(1, "queue.bind", { queue, exchange });
      await client.call(1, "exchange.delete", { exchange });
      await client.call(1, "queue.declare", { queue, passive: true });
      client.publish(1, { exchange }, "lost");
      await client.until("channel.close");
      return sandbox.lines(client, "queue.declare-ok", "channel.close");
    },
    [
      "queue.declare-ok queue=q",
      "queue.declare-ok queue=q",
      "channel.close replyCode=404 replyText=NOT_FOUND - no exchange 'x' in vhost '/' classId=60 methodId=40",
    ],
  ),
  law(
    "an auto-delete exchange is deleted with its last binding",
    async (sandbox) => {
      const client = await sandbox.client();
      const [exchange, a, b] = [sandbox.exchange("x"), sandbox.queue("a"), sandbox.queue("b")];
      await client.call(1, "exchange.declare", { exchange, type: "fanout", autoDelete: true });
      for (const queue of [a, b]) {
        await client.call(1, "queue.declare", { queue });
        await client.call(1, "queue.bind", { queue, exchange });
      }
      await client.call(1, "queue.unbind", { queue: a, exchange });
      await client.call(1, "exchange.declare", { exchange, type: "fanout", passive: true });
      await client.call(1, "queue.delete", { queue: b });
      await client.call(1, "exchange.declare", { exchange, type: "fanout", passive: true });
      return sandbox.lines(client);
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
    "exchanges can be bound to each other, also in a cycle",
    async (sandbox) => {
      const client = await sandbox.client();
      const [a, b, queue] = [sandbox.exchange("a"), sandbox.exchange("b"), sandbox.queue("q")];
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
      return sandbox.lines(client, "basic.get-ok", "basic.get-empty");
    },
    ['basic.get-ok deliveryTag=1 exchange=a routingKey=k "round"', "basic.get-empty"],
  ),
  law(
    "a message without a matching binding goes to the alternate exchange",
    async (sandbox) => {
      const client = await sandbox.client();
      const [exchange, other, queue] = [sandbox.exchange("x"), sandbox.exchange("other"), sandbox.queue("q")];
      await client.call(1, "exchange.declare", { exchange: other, type: "fanout" });
      await client.call(1, "exchange.declare", {
        exchange,
        type: "direct",
        args: table({ "alternate-exchange": other }),
      });
      await client.call(1, "queue.declare", { queue });
      await client.call(1, "queue.bind", { queue, exchange: other });
      client.publish(1, { exchange, routingKey: "unbound", mandatory: true }, "lost and found");
      await client.call(1, "basic.get", { queue, noAck: true });
      return sandbox.lines(client, "basic.get-ok", "basic.return");
    },
    ['basic.get-ok deliveryTag=1 exchange=x routingKey=unbound "lost and found"'],
  ),
  law(
    "publishing to an internal exchange is refused",
    async (sandbox) => {
      const client = await sandbox.client();
      const exchange = sandbox.exchange("x");
      await client.call(1, "exchange.declare", { exchange, type: "fanout", internal: true });
      client.publish(1, { exchange }, "no");
      return sandbox.channelClosed(client);
    },
    [
      "channel.close replyCode=403 replyText=ACCESS_REFUSED - cannot publish to internal exchange 'x' in vhost '/' classId=60 methodId=40",
    ],
  ),
];
