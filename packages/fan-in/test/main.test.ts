import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

test("a broker that does not answer is one line that says what to do, and exit code 1", async () => {
  const AMQP_URL = `amqp://127.0.0.1:${await freePort()}`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", import.meta.resolve("tsx"), main, "worker"],
    { env: { ...process.env, AMQP_URL }, encoding: "utf8" },
  );
  expect(stderr).toMatch(
    /^fan-in: broker at 127\.0\.0\.1:\d+, .* nobody answers .* Start one .* or correct AMQP_URL\.\n$/,
  );
  expect(status).toBe(1);
});
