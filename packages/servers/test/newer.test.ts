/** What `services` and `cluster` start, of this machine and of the newer folder: it serves, and leaves nothing behind. */
import { execFileSync, spawn } from "node:child_process";
import { createServer, type Server } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test, vi } from "vitest";
import { chosen, want } from "../src/choose.ts";
import { startPostgres, startRabbitCluster, startRabbitMq } from "../src/index.ts";
import { psql } from "../src/postgres-process.ts";
import { hasPostgres, hasRabbitMq } from "./installed.ts";

const main = (name: string) => fileURLToPath(new URL(`../src/${name}-main.ts`, import.meta.url));
const NEWER = { RabbitMQ: "4", PostgreSQL: "18" } as const;

/** True when the newer pair can be started here. */
const hasNewer = await (async () => {
  vi.stubEnv("SHIRTS_RABBITMQ", NEWER.RabbitMQ);
  vi.stubEnv("SHIRTS_POSTGRES", NEWER.PostgreSQL);
  try {
    await Promise.all([chosen("RabbitMQ"), chosen("PostgreSQL")]);
    return true;
  } catch {
    return false;
  } finally {
    vi.unstubAllEnvs();
  }
})();

afterEach(() => vi.unstubAllEnvs());

/** This process's descendants of a moment: [pid, command line]. */
function descendants(of: number): [number, string][] {
  const table = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" });
  const rows = table.split("\n").flatMap((line) => {
    const [, pid, parent, args = ""] = /^\s*(\d+)\s+(\d+)\s+(.*?)\s*$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), args }];
  });
  const below = (parent: number): [number, string][] =>
    rows
      .filter((row) => row.parent === parent)
      .flatMap(({ pid, args }) => [[pid, args] as [number, string], ...below(pid)]);
  return below(of);
}

/** Those that still run as what they were. */
function leftOf(processes: readonly [number, string][]): string[] {
  const now = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).split("\n");
  const running = new Set(now.map((line) => line.trim()));
  return processes.map(([pid, args]) => `${pid} ${args}`).filter((line) => running.has(line));
}

/** Starts `pnpm services` without a command. */
function startServices(flags: readonly string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", main("services"), ...flags], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const serves = new Promise<void>((resolve) => {
    child.stdout.on("data", (text) => String(text).includes("until Ctrl-C") && resolve());
  });
  return { child, ended, serves, running: () => descendants(child.pid ?? 0) };
}

const has = (processes: readonly [number, string][], ...words: string[]) =>
  words.every((word) => processes.some(([, args]) => args.includes(word)));

// With a version in the environment this machine's are the newer ones.
const isSame = Boolean(process.env.SHIRTS_RABBITMQ && process.env.SHIRTS_POSTGRES);

describe.each([
  { whose: "this machine's", flags: [], isHere: hasPostgres && hasRabbitMq },
  {
    whose: "the newer",
    flags: ["--rabbitmq", NEWER.RabbitMQ, "--postgres", NEWER.PostgreSQL],
    isHere: hasNewer && !isSame,
  },
])("`services` of $whose servers leaves no process behind", ({ flags, isHere }) => {
  test.skipIf(!isHere)("when it gets SIGINT", async () => {
    const { child, ended, serves, running } = startServices(flags);
    try {
      await serves;
      const processes = running();
      expect(has(processes, "epmd", "beam", "postgres")).toBe(true);
      expect(leftOf(processes)).toEqual(processes.map(([pid, args]) => `${pid} ${args}`));
      child.kill("SIGINT");
      expect(await ended).toBe(130);
      // Erlang's helpers end when they miss the server, a moment after it.
      await vi.waitUntil(() => leftOf(processes).length === 0, { timeout: 10_000 });
    } finally {
      child.kill();
      await ended;
    }
  });

  test.skipIf(!isHere)("when it gets SIGTERM while they start", async () => {
    const { child, ended, running } = startServices(flags);
    try {
      await vi.waitUntil(() => has(running(), "epmd", "beam", "postgres"), { timeout: 30_000 });
      const processes = running();
      child.kill("SIGTERM");
      expect(await ended).toBe(143);
      await vi.waitUntil(() => leftOf(processes).length === 0, { timeout: 10_000 });
    } finally {
      child.kill();
      await ended;
    }
  });
});

describe.skipIf(!hasNewer)("the newer pair", () => {
  test("is of the versions that were wanted, and keeps rows over a kill", async () => {
    want("RabbitMQ", NEWER.RabbitMQ);
    want("PostgreSQL", NEWER.PostgreSQL);
    const [rabbit, postgres] = await Promise.all([startRabbitMq(), startPostgres()]);
    try {
      expect(await rabbit.ctl("eval", "rabbit_misc:version().")).toMatch(/^"4\.\d+\.\d+"/);
      expect(await psql(postgres, "SHOW server_version")).toMatch(/^18\.\d+/);
      await psql(postgres, "CREATE TABLE shirts (colour text)", "INSERT INTO shirts VALUES ('blue')");
      await Promise.all([rabbit.restart(), postgres.restart()]); // Kills them first.
      expect(await psql(postgres, "SELECT colour FROM shirts")).toBe("blue");
    } finally {
      await Promise.all([rabbit.stop(), postgres.stop()]);
    }
  });
});

describe.skipIf(!hasRabbitMq)("a cluster", () => {
  test("has three nodes that know each other, and the others go on when one is killed", async () => {
    const nodes = await startRabbitCluster(3);
    try {
      const names = nodes.map(({ nodeName }) => nodeName).sort();
      const running = async (at = 0) => {
        const status = JSON.parse((await nodes[at]?.ctl("cluster_status", "--formatter", "json")) ?? "");
        return status.running_nodes.toSorted();
      };
      expect(await running()).toEqual(names);
      await nodes[2]?.kill();
      await vi.waitUntil(async () => (await running()).length === 2, { timeout: 60_000 });
      expect(await running(1)).not.toContain(nodes[2]?.nodeName);
    } finally {
      for (const node of nodes.reverse()) await node.stop();
    }
  }, 180_000);
});

describe("a port that another program has taken meanwhile", () => {
  let other: Server | undefined;
  afterEach(() => new Promise((done) => (other ? other.close(done) : done(undefined))));

  /** Another program takes the port of a server that was killed. */
  async function take(port: number): Promise<void> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    other = server;
  }

  test.skipIf(!hasPostgres)("is one line, and PostgreSQL is not waited for", async () => {
    const server = await startPostgres();
    try {
      await server.kill();
      await take(server.port);
      await expect(server.restart()).rejects.toThrow(
        `PostgreSQL cannot start: another program has taken port ${server.port}. Start it again, and it takes a free one.`,
      );
    } finally {
      await server.stop();
    }
  });

  test.skipIf(!hasRabbitMq)("is one line, and RabbitMQ is not waited for", async () => {
    const node = await startRabbitMq();
    try {
      await node.kill();
      await take(node.port);
      await expect(node.restart()).rejects.toThrow(
        `RabbitMQ cannot start: another program has taken port ${node.port}. Start it again, and it takes a free one.`,
      );
    } finally {
      await node.stop();
    }
  });
});
