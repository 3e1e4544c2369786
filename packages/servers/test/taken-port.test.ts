/** Another program takes the port of a RabbitMQ that is about to start, and leads to another RabbitMQ. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { startRabbitMq } from "../src/index.ts";
import { hasRabbitMq } from "./installed.ts";

/** Given to the next RabbitMQ as its own, and not looked at again. */
let taken: number | undefined;
vi.mock("../src/ports.ts", async (original) => {
  const ports = await original<typeof import("../src/ports.ts")>();
  return {
    ...ports,
    async freePorts(count: number): Promise<number[]> {
      const free = await ports.freePorts(count);
      return taken !== undefined && count === 2 ? [taken, ...free.slice(1)] : free;
    },
    expectFree: async (name: string, ...wanted: number[]): Promise<void> =>
      ports.expectFree(name, ...wanted.filter((port) => port !== taken)),
  };
});

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  taken = undefined;
  for (const close of closing.splice(0).reverse()) await close();
});

describe.skipIf(!hasRabbitMq)("a RabbitMQ on whose port another one answers", () => {
  test("does not say that it serves: its clients would be those of the other one", async () => {
    const other = await startRabbitMq();
    closing.push(() => other.stop());
    const proxy = createServer((client) => {
      const server = connect(other.port, "127.0.0.1");
      client.on("error", () => server.destroy()).pipe(server);
      server.on("error", () => client.destroy()).pipe(client);
    }).listen(0, "127.0.0.1");
    closing.push(async () => proxy.close());
    await once(proxy, "listening");
    taken = (proxy.address() as AddressInfo).port;
    await expect(startRabbitMq()).rejects.toThrow(/^RabbitMQ ended before it served\. /);
  });
});
