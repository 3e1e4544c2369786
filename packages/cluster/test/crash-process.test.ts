/** What a crash of a real PostgreSQL leaves, and the one command that makes it right again. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { connect } from "@shirts/amqp";
import { startBroker } from "@shirts/broker";
import { programArgs } from "@shirts/command-line";
import { NotInstalledError, postgresVersion, startPostgres } from "@shirts/servers";
import type { TraceEvent } from "@shirts/story";
import { openTable } from "@shirts/table";
import { afterEach, expect, test, vi } from "vitest";
import { command, declareJobs } from "../src/president/president.ts";
import { killAll } from "../src/processes/child.ts";
import { startNode } from "../src/processes/node-process.ts";

const MAIN = new URL("../src/president/main.ts", import.meta.url).pathname;
const closing: (() => unknown)[] = [];

afterEach(async () => {
  killAll();
  for (const close of closing.splice(0).reverse()) await close();
});

test("a crash of PostgreSQL takes the people and keeps the commands: `president --resend` makes them again, and everybody wears the newest shirt", async ({
  skip,
}) => {
  const version = await postgresVersion().catch((error) => {
    if (error instanceof NotInstalledError && process.env.REQUIRE_SERVICES !== "1") return undefined;
    throw error;
  });
  if (version === undefined) return skip("PostgreSQL is not on this machine");
  const postgres = await startPostgres();
  closing.push(() => postgres.stop());
  const broker = await startBroker({ port: 0 });
  closing.push(() => broker.close());
  const table = await openTable(postgres.url);
  closing.push(() => table.close());
  await table.prepare({ population: { "north-america": 10 } });
  const rabbit = await connect(broker.url);
  closing.push(() => rabbit.close());
  await declareJobs(rabbit, "v4");
  const env = { AMQP_URL: broker.url, DATABASE_URL: postgres.url };
  const events: TraceEvent[] = [];
  const acks = () => events.filter(({ type }) => type === "acked").length;
  const settings = { name: "n1", stage: "v4", paceMs: 0, steps: 10, drainMs: 1_000, env } as const;
  await startNode(settings, (event) => events.push(event)).ready;
  await command({ rabbit, table }, "v4", "north-america", "blue", () => {});
  await vi.waitUntil(() => acks() === 1, { timeout: 20_000 });
  expect(await table.verdict()).toMatchObject([{ wrong: 0, wearing: { blue: 10 } }]);

  await postgres.restart(); // kill -9 first
  await table.world(); // tried again until the server is back
  expect(await table.verdict()).toMatchObject([{ commanded: "blue", revision: 1, wrong: 10, wearing: {} }]);
  // It is not done any more, and no relay sends it to a node that would end of it.
  expect(await table.unfinished("v4")).toMatchObject([{ shirt: "blue", revision: 1 }]);
  expect(await table.waiting("v4")).toEqual([]);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...programArgs(MAIN), "--resend", "--stage", "v4"],
    { env: { ...process.env, ...env } },
  );
  expect(stdout).toMatch(
    /^The people of North America were gone\. They are made again, in white\.\nSent again: .*BLUE.*, revision 1\.\n$/,
  );
  await vi.waitUntil(() => acks() === 2, { timeout: 20_000 });
  expect(await table.verdict()).toMatchObject([{ wrong: 0, wearing: { blue: 10 } }]);
});
