/** The table as a process of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { programArgs } from "@shirts/command-line";
import { openTable } from "@shirts/table";
import pg from "pg";
import { expect, it } from "vitest";

const inCi = it.skipIf(process.env.SHORT_TESTS === "1");
const main = fileURLToPath(new URL("../src/services/world-main.ts", import.meta.url));

/** Starts it; `out` and `error` grow while it runs. */
function start(...flags: string[]) {
  const child = spawn(process.execPath, [...programArgs(main), "--json", ...flags]);
  const seen = { out: "", error: "" };
  const line = new Promise<string>((resolve) => {
    child.stdout.on("data", (data) => {
      seen.out += data;
      resolve(seen.out);
    });
  });
  child.stderr.on("data", (data) => {
    seen.error += data;
  });
  const exit = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, seen, line, exit };
}

it("a wrong flag ends it with one line and exit code 2", async () => {
  const { seen, exit } = start("--port", "high");
  expect(await exit).toBe(2);
  expect(seen.error.trim().split("\n")).toEqual([expect.stringMatching(/--port .*"high"/)]);
});

it("a port that is taken is one line that names it, and exit code 1", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const { seen, exit } = start("--port", String(port));
  expect(await exit).toBe(1);
  other.close();
  expect(seen).toEqual({
    out: "",
    error: expect.stringMatching(`^world: another program listens on port ${port}\\..*\n$`),
  });
});

// Three databases are opened one after the other, each by a new process: long on a busy machine.
it("a folder keeps the world from one process to the next, and is served by one at a time", async () => {
  const dir = await mkdtemp(join(tmpdir(), "world-"));
  const first = start("--port", "0", "--dir", dir, "--prepare", "--people", "south-america=50");
  const table = await openTable(JSON.parse(await first.line).url);
  await table.command("south-america", "green");
  await table.close();
  const second = start("--port", "0", "--dir", dir);
  expect(await second.exit).toBe(1);
  expect(second.seen.error).toContain("is served by another process");
  first.child.kill("SIGTERM");
  expect(await first.exit).toBe(0);

  const third = start("--port", "0", "--dir", dir, "--parent-pipe");
  const again = await openTable(JSON.parse(await third.line).url);
  expect(await again.verdict()).toMatchObject([{ people: 50, commanded: "green", wearing: { white: 50 } }]);
  await again.close();
  third.child.stdin.end();
  expect(await third.exit).toBe(0);
  await rm(dir, { recursive: true });
}, 90_000);

inCi(
  "started again it keeps the world that it served, and makes another one only when it is told to (in CI)",
  async () => {
    const dir = await mkdtemp(join(tmpdir(), "world-"));
    const seen: (string | undefined)[] = [];
    for (const flags of [["--prepare"], ["--prepare"], ["--fresh"]]) {
      const served = start("--port", "0", "--dir", dir, ...flags, "--people", "south-america=50");
      const table = await openTable(JSON.parse(await served.line).url);
      seen.push(await table.world());
      await table.command("south-america", "green");
      seen.push(String((await table.revisions()).get("south-america")));
      await table.close();
      served.child.kill("SIGTERM");
      expect(await served.exit).toBe(0);
    }
    const [world, one, kept, two, fresh, again] = seen;
    expect([one, two, again]).toEqual(["1", "2", "1"]);
    expect(kept).toBe(world);
    expect(fresh).not.toBe(world);
    await rm(dir, { recursive: true });
  },
  90_000,
);

inCi(
  "a world of another version is made anew, and that is told (in CI)",
  async () => {
    const dir = await mkdtemp(join(tmpdir(), "world-"));
    const worlds: (string | undefined)[] = [];
    for (let time = 0; time < 2; time++) {
      const served = start("--port", "0", "--dir", dir, "--prepare", "--people", "south-america=50");
      const { url } = JSON.parse(await served.line);
      const table = await openTable(url);
      worlds.push(await table.world());
      await table.close();
      const client = new pg.Client(url);
      await client.connect();
      await client.query("COMMENT ON SCHEMA story IS 'Shirts: the table of people, version 0'");
      await client.end();
      served.child.kill("SIGTERM");
      expect(await served.exit).toBe(0);
      expect(served.seen.error).toBe(
        time === 0
          ? ""
          : "world: another version of this program made the world that was kept here. It is made anew.\n",
      );
    }
    expect(new Set(worlds).size).toBe(2);
    await rm(dir, { recursive: true });
  },
  90_000,
);
