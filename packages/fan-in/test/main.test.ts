import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { programArgs } from "@shirts/command-line";
import { freePorts } from "@shirts/servers";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

test("a broker that does not answer is one line that says what to do, and exit code 1", async () => {
  const AMQP_URL = `amqp://127.0.0.1:${(await freePorts(1))[0]}`;
  const { status, stderr } = spawnSync(process.execPath, [...programArgs(main), "worker"], {
    env: { ...process.env, AMQP_URL },
    encoding: "utf8",
  });
  expect(stderr).toMatch(
    /^fan-in: broker at 127\.0\.0\.1:\d+, .* nobody answers .* Start one .* or correct AMQP_URL\.\n$/,
  );
  expect(status).toBe(1);
});
