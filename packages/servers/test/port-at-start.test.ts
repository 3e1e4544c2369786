/** Another program has the port that a server is about to take: before it looks, or between its look and its start. */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { chosen } from "../src/choose.ts";
import { startPostgres, startRabbitMq, startRedis } from "../src/index.ts";
import { hasPostgres, hasRabbitMq, hasRedis } from "./installed.ts";

/** Which call of freePorts is told ports that another program takes, and when it takes the first of them. */
let plan: { readonly count: number; readonly when: "before" | "after" } | undefined;
/** The port that is taken. */
let taken: number | undefined;
let other: Server | undefined;

async function take(port: number): Promise<void> {
  other = createServer((socket) => socket.destroy()).listen(port, "127.0.0.1");
  await once(other, "listening");
}

vi.mock("../src/ports.ts", async (original) => {
  const ports = await original<typeof import("../src/ports.ts")>();
  return {
    ...ports,
    async freePorts(count: number): Promise<number[]> {
      const free = await ports.freePorts(count);
      if (count !== plan?.count) return free;
      taken = free[0];
      if (plan.when === "before") await take(free[0] ?? 0);
      return free;
    },
    async expectFree(name: string, ...wanted: number[]): Promise<void> {
      await ports.expectFree(name, ...wanted);
      if (other !== undefined || taken === undefined || !wanted.includes(taken)) return;
      await take(taken);
    },
  };
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shirts-port-"));
  // PostgreSQL runs as another user, when we are root.
  chmodSync(folder, 0o755);
  vi.stubEnv("TMPDIR", folder);
});
afterEach(async () => {
  plan = undefined;
  taken = undefined;
  vi.unstubAllEnvs();
  await new Promise((done) => (other ? other.close(done) : done(undefined)));
  other = undefined;
  rmSync(folder, { recursive: true });
});

/** The processes that this one has started, and that have not ended. */
function children(): string[] {
  const { stdout } = spawnSync("pgrep", ["-P", `${process.pid}`], { encoding: "utf8" });
  return stdout.split("\n").filter((pid) => pid !== "");
}

/** The newer pair, where it can be started. */
async function hasNewer(variable: string, name: "RabbitMQ" | "PostgreSQL", version: string) {
  vi.stubEnv(variable, version);
  const isHere = await chosen(name).then(
    () => true,
    () => false,
  );
  vi.unstubAllEnvs();
  return isHere;
}

const NEWER = { SHIRTS_RABBITMQ: "4", SHIRTS_POSTGRES: "18" };
/** Those that this process takes by itself. */
const own = {};
const hasNewRabbit = await hasNewer("SHIRTS_RABBITMQ", "RabbitMQ", NEWER.SHIRTS_RABBITMQ);
const hasNewPostgres = await hasNewer("SHIRTS_POSTGRES", "PostgreSQL", NEWER.SHIRTS_POSTGRES);

const servers = [
  { what: "RabbitMQ", name: "RabbitMQ", isHere: hasRabbitMq, start: startRabbitMq, count: 2, env: own },
  {
    what: "epmd",
    name: "RabbitMQ",
    isHere: hasRabbitMq,
    start: startRabbitMq,
    count: 1,
    env: own,
  },
  { what: "PostgreSQL", name: "PostgreSQL", isHere: hasPostgres, start: startPostgres, count: 1, env: own },
  { what: "Redis", name: "Redis", isHere: hasRedis, start: startRedis, count: 1, env: own },
  { what: "RabbitMQ 4", name: "RabbitMQ", isHere: hasNewRabbit, start: startRabbitMq, count: 2, env: NEWER },
  {
    what: "PostgreSQL 18",
    name: "PostgreSQL",
    isHere: hasNewPostgres,
    start: startPostgres,
    count: 1,
    env: NEWER,
  },
] as const;

describe.each(servers)(
  "the port of $what that another program takes",
  ({ what, name, isHere, start, count, env }) => {
    // Of Erlang's port mapper nothing is known but that somebody listens.
    const moments = what === "epmd" ? (["before"] as const) : (["before", "after"] as const);

    test.skipIf(!isHere).each(moments)(
      "%s it was looked at is one line, and nothing is left",
      async (when) => {
        for (const [variable, version] of Object.entries(env)) vi.stubEnv(variable, version);
        plan = { count, when };
        const before = children();
        const line = await Promise.resolve(start()).then(
          (server) => server.stop().then(() => "it started"),
          (error: Error) => error.message,
        );
        expect(line).toBe(
          `${name} cannot start: another program has taken port ${taken}. Start it again, and it takes a free one.`,
        );
        expect(children()).toEqual(before);
        expect(readdirSync(folder)).toEqual([]);
      },
    );
  },
);
