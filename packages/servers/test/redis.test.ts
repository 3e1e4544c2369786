import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { startRedis } from "../src/index.ts";
import { hasRedis } from "./installed.ts";

/** What a Redis says to one command; rejects when nobody listens. */
function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1").setEncoding("utf8");
    socket.on("connect", () => socket.write(`${command}\r\n`));
    socket.on("error", reject);
    socket.on("data", (said) => {
      socket.destroy();
      resolve(String(said).trim());
    });
  });
}

describe.skipIf(!hasRedis)("a private Redis", () => {
  test("keeps what it has answered over a kill, on the same port, and is gone when stopped", async () => {
    const server = await startRedis();
    try {
      expect(server.version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(await ask(server.port, "SET shirt blue")).toBe("+OK");
      await server.kill();
      await expect(ask(server.port, "PING")).rejects.toThrow("ECONNREFUSED");
      await server.restart();
      expect(await ask(server.port, "GET shirt")).toBe("$4\r\nblue");
    } finally {
      await server.stop();
    }
    await server.stop(); // may be called twice
    await expect(ask(server.port, "PING")).rejects.toThrow("ECONNREFUSED");
  });
});
