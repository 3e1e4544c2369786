import { AmqpError, type AmqpErrorKind, connect } from "@shirts/amqp";
import { freePorts } from "@shirts/servers";
import { expect, test } from "vitest";
import { explain, withAdvice } from "../src/advice.ts";

const failed = (url: string): Promise<unknown> =>
  connect(url).then(
    () => "connected",
    (error) => error,
  );

test("a broker that is not there is explained in one line: where, what happened, what to do", async () => {
  const [one, two] = [(await freePorts(1))[0], (await freePorts(1))[0]];
  expect(explain(await failed(`amqp://user:open-sesame@127.0.0.1:${one}`))).toBe(
    `broker at 127.0.0.1:${one}, vhost "/": nobody answers (ECONNREFUSED). Start one (pnpm broker, or docker compose up) or correct AMQP_URL.`,
  );
  expect(explain(await failed(`amqp://127.0.0.1:${one},amqp://127.0.0.1:${two}`))).toMatch(
    /^none of the 2 brokers can be used: broker at 127.*\(ECONNREFUSED\)\. \| broker at 127.*\(ECONNREFUSED\)\. Start one .* or correct AMQP_URL\.$/,
  );
  expect(explain(await failed("amqp://no-such-host.invalid"))).toMatch(
    /no host of this name .* Correct AMQP_URL\.$/,
  );
  expect(explain(await failed("nonsense"))).toMatch(/^the broker's URL is not a URL; .* Correct AMQP_URL\.$/);
});

test.each<[AmqpErrorKind, string]>([
  ["login-refused", "it happened. Correct them in AMQP_URL."],
  ["vhost-refused", "it happened. Correct the path of AMQP_URL, or: rabbitmqctl add_vhost, set_permissions."],
  [
    "too-old",
    "it happened. Name a newer one in AMQP_URL, or put one in its place (docker compose up, or pnpm broker).",
  ],
  ["not-found", "it happened. Start the worker that declares it, or declare it first."],
  ["unroutable", "it happened. Start its worker, or declare it first."],
  ["timeout", "it happened."],
])("an error of kind %s is explained as %j", (kind, line) => {
  expect(explain(new AmqpError(kind, "it happened."))).toBe(line);
});

test("an error with advice keeps its stack, and every other error is answered as it is", () => {
  const error = new AmqpError("no-broker", "nobody answers.");
  expect(withAdvice(error)).toMatchObject({ message: explain(error), stack: error.stack, cause: error });
  for (const other of [new AmqpError("lost", "it is lost."), new Error("a bug"), "no error"])
    expect(withAdvice(other)).toBe(other);
  expect(explain("no error")).toBe("no error");
});
