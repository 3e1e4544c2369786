/** `services` that cannot start what was asked for: one line, an exit code that is not zero, and nothing is left. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hasPostgres } from "./installed.ts";

const SERVICES = fileURLToPath(new URL("../src/services-main.ts", import.meta.url));
/** Debian's "nobody". */
const NOBODY = { uid: 65_534, gid: 65_534 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shirts-refused-"));
  // Other users put things there, too.
  chmodSync(folder, 0o777);
});
afterEach(() => rmSync(folder, { recursive: true }));

function services(args: readonly string[], user: Partial<typeof NOBODY> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", SERVICES, ...args], {
    encoding: "utf8",
    env: {
      ...process.env,
      SHIRTS_SERVERS: "",
      SHIRTS_POSTGRES: "",
      SHIRTS_NEWER: join(folder, "newer"),
      TMPDIR: folder,
      HOME: folder,
    },
    ...user,
  });
  return { status, stdout, stderr };
}

/** The processes that name our folder, as those of a server do. */
function left(): string[] {
  const lines = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line.includes(folder));
}

test("a version that is not here is one line and exit code 1", () => {
  expect(services(["--only", "rabbitmq", "--rabbitmq", "9999"])).toEqual({
    status: 1,
    stdout: "",
    stderr: expect.stringMatching(
      /^services: RabbitMQ 9999 is not on this machine\. Here is: [^\n]+\. As root, [^\n]+\.\n$/,
    ),
  });
});

test.skipIf(!hasPostgres)("what was started beside it is ended, and its data is gone", () => {
  const { status, stderr } = services(["--only", "rabbitmq,postgres", "--rabbitmq", "9999"]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^services: RabbitMQ 9999 is not on this machine\. [^\n]+\n$/);
  expect(left()).toEqual([]);
  expect(readdirSync(folder).filter((name) => name.startsWith("shirts-"))).toEqual([]);
});

/** True where somebody else than root may read this repository. */
function canNobodyRead(): boolean {
  if (userInfo().uid !== 0) return false;
  const read = `require("node:fs").readFileSync(${JSON.stringify(SERVICES)})`;
  return spawnSync(process.execPath, ["-e", read], NOBODY).status === 0;
}

test.skipIf(!canNobodyRead())("a user who is not root is told that the newer folder is root's", () => {
  const bin = join(folder, "newer/usr/lib/rabbitmq/bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "rabbitmq-server"), "#!/bin/sh\n", { mode: 0o755 });
  expect(services(["--only", "rabbitmq", "--rabbitmq", "9999"], NOBODY)).toEqual({
    status: 1,
    stdout: "",
    stderr: expect.stringMatching(
      /one in \S+\/newer, but only root can start it \(chroot\)\. Do this as root, or ask for another version\.\n$/,
    ),
  });
});
