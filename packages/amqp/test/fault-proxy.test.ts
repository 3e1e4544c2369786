/** Where the fault proxy stops a client: exactly at the marker, and not at the piece of bytes that has it. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { startFaultProxy } from "../src/testing/fault-proxy.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A client, a proxy, and what comes out at the other end. */
async function line() {
  let heard = "";
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      heard += bytes;
      socket.write(bytes);
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const proxy = await startFaultProxy(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const dial = async (): Promise<Socket> => {
    const socket = connect(Number(new URL(proxy.url).port), "127.0.0.1");
    socket.on("error", () => {});
    await once(socket, "connect");
    return socket;
  };
  closing.push(
    () => server.close(),
    () => proxy.close(),
  );
  return { proxy, dial, heard: () => heard };
}

test("what a client sent before the marker goes on, and the rest is held", async () => {
  const { proxy, dial, heard } = await line();
  const client = await dial();
  const held = proxy.stallAt("Sync");
  client.write("Execute Sync");
  await Promise.all([held, once(client, "data")]);
  expect(heard()).toBe("Execute ");
  proxy.flow();
  await once(client, "data");
  expect(heard()).toBe("Execute Sync");
});

test("a function may choose one place on one connection, and the others go on", async () => {
  const { proxy, dial, heard } = await line();
  const [first, second] = [await dial(), await dial()];
  let hasStopped = false;
  const held = proxy.stallAt((bytes) => {
    if (hasStopped) return -1;
    hasStopped = true;
    return bytes.lastIndexOf("B");
  });
  first.write("BAB");
  await Promise.all([held, once(first, "data")]);
  second.write("B");
  await once(second, "data");
  expect(heard()).toBe("BAB");
  proxy.flow();
  await once(first, "data");
  expect(heard()).toBe("BABB");
});
