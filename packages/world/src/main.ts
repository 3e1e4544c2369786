/** Serves the table as a process of its own: `pnpm world`. */
import { parseArgs } from "node:util";
import { AREAS, type Population } from "@shirts/story";
import { WorldError } from "./errors.ts";
import { type Served, serveWorld } from "./serve.ts";
import { openWorld } from "./world.ts";

const HELP = `Serves the table of people (PGlite) on 127.0.0.1, until Ctrl-C.

  --port 5432          the port; 0 takes a free one
  --dir .world         keeps the table in this folder; without it, it lives in memory
  --prepare            makes a fresh world first: everybody in white
  --people AREA=N      with --prepare: this area with N people, and no area that is not named; may be repeated
  --json               prints one line {"url":…,"port":…} when ready, and nothing else
  --parent-pipe        ends when standard input closes
  --help               this text`;

interface Flags {
  readonly port: number;
  readonly dir: string | undefined;
  readonly population: Population | undefined;
  readonly prepare: boolean;
  readonly json: boolean;
  readonly parentPipe: boolean;
  readonly help: boolean;
}

function readFlags(args: string[]): Flags {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string", default: "5432" },
      dir: { type: "string" },
      people: { type: "string", multiple: true },
      prepare: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      "parent-pipe": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const { port, dir, people, prepare, json, help } = values;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new Error(`--port ${port}: a number from 0 to 65535 is needed`);
  }
  if (dir === "") throw new Error("--dir needs the name of a folder");
  if (people && !prepare) throw new Error("--people makes sense only with --prepare");
  return {
    port: Number(port),
    dir,
    population: people && Object.fromEntries(people.map(readPeople)),
    prepare,
    json,
    parentPipe: values["parent-pipe"],
    help,
  };
}

function readPeople(text: string): [string, number] {
  const [area = "", number = ""] = text.split("=");
  if (!Object.hasOwn(AREAS, area)) {
    throw new Error(`--people ${text}: no such area; there are ${Object.keys(AREAS).join(", ")}`);
  }
  if (!/^[1-9]\d{0,7}$/.test(number)) {
    throw new Error(`--people ${text}: write AREA=NUMBER, as in north-america=1000`);
  }
  return [area, Number(number)];
}

/** Resolves when somebody wants this process to end. */
function end(parentPipe: boolean): Promise<void> {
  return new Promise((resolve) => {
    process.on("SIGINT", () => resolve());
    process.on("SIGTERM", () => resolve());
    if (parentPipe) process.stdin.on("end", resolve).on("error", resolve).resume();
  });
}

async function prepare(served: Served, population: Population | undefined): Promise<void> {
  const world = await openWorld(served.url, { name: "world" });
  try {
    await world.prepare(population && { population });
  } finally {
    await world.close();
  }
}

async function main({ port, dir, population, prepare: wanted, json, parentPipe }: Flags): Promise<void> {
  const ended = end(parentPipe);
  const served = await serveWorld({ port, ...(dir !== undefined && { dir }) });
  try {
    if (wanted) await prepare(served, population);
    console.log(
      json
        ? JSON.stringify({ url: served.url, port: served.port })
        : `The table of people is served at ${served.url}${dir === undefined ? ", in memory" : `, kept in ${dir}`}. Ctrl-C ends it.`,
    );
    const failure = await Promise.race([ended, served.failed]);
    if (failure) throw failure;
  } finally {
    await served.close();
  }
}

let flags: Flags | undefined;
try {
  flags = readFlags(process.argv.slice(2));
} catch (error) {
  console.error(`world: ${error instanceof Error ? error.message : error} (--help lists the flags)`);
  process.exitCode = 2;
}
if (flags?.help) console.log(HELP);
else if (flags) {
  try {
    await main(flags);
    process.exit(0);
  } catch (error) {
    console.error(`world: ${error instanceof WorldError ? error.message : String(error)}`);
    process.exit(1);
  }
}
