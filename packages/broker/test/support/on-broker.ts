/** An embedded broker for one test, which must end without an error of its own. */
import { expect } from "vitest";
import { type BrokerOptions, startBroker } from "../../src/index.ts";
import { Sandbox } from "./sandbox.ts";

export async function onBroker(
  options: BrokerOptions,
  run: (sandbox: Sandbox) => Promise<void>,
): Promise<void> {
  const bugs: unknown[] = [];
  const broker = await startBroker({ ...options, onBug: (error) => bugs.push(error) });
  const sandbox = new Sandbox(broker.port);
  try {
    await run(sandbox);
    await sandbox.end();
  } finally {
    await broker.close();
  }
  expect(bugs).toEqual([]);
}
