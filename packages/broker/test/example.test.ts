/** The example of the README and of startBroker's docstring: it runs, and both show the same. */
import { readFileSync } from "node:fs";
import { connect } from "amqplib";
import { expect, test } from "vitest";
import { startBroker } from "../src/index.ts";
import { isListening } from "./support/is-listening.ts";

function source(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

test("the example sends a message to itself and leaves no port open", async () => {
  // #region example
  const broker = await startBroker();
  const connection = await connect(broker.url);
  const amqpChannel = await connection.createChannel();
  await amqpChannel.assertQueue("shirts");
  amqpChannel.sendToQueue("shirts", Buffer.from("purple"));
  const message = await amqpChannel.get("shirts", { noAck: true });
  await connection.close();
  await broker.close();
  // #endregion example
  expect(message).toMatchObject({ content: Buffer.from("purple") });
  expect(await isListening(broker.port)).toBe(false);
});

test("startBroker's docstring shows the example as it runs", () => {
  const [, shown] = /@example\n \* ```ts\n([^`]*) \* ```/.exec(source("../src/server.ts")) ?? [];
  const [, run] = /#region example\n([\s\S]*?)\n {2}\/\/ #endregion/.exec(source("example.test.ts")) ?? [];
  expect(shown?.replaceAll(/^ \* /gm, "").trim()).toBe(run?.replaceAll(/^ {2}/gm, ""));
});
