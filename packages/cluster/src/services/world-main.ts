/** Serves the table as a process of its own: `pnpm world`. */
import { complain, parseFlags, UsageError, wholeNumber } from "@shirts/command-line";
import { type PgliteServer, servePglite } from "@shirts/pglite-server";
import { AREAS, isArea, type Population } from "@shirts/story";
import { openTable } from "@shirts/table";

const HELP = `Serves the table of people (PGlite) on 127.0.0.1, until Ctrl-C.

  --port 5432          the port; 0 takes a free one
  --dir .world         keeps the table in this folder; without it, it lives in memory
  --prepare            makes a fresh world first: everybody in white
  --people AREA=N      with --prepare: this area with N people, and no area that is not named; may be repeated
  --json               prints one line {"url":…,"port":…} when ready, and nothing else
  --parent-pipe        ends when standard input closes
  --help               this text`;

const OPTIONS = {
  port: { type: "string", default: "5432" },
  dir: { type: "string" },
  people: { type: "string", multiple: true },
  prepare: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  "parent-pipe": { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

interface Flags {
  readonly port: number;
  readonly dir: string | undefined;
  readonly population: Population | undefined;
  readonly prepare: boolean;
  readonly json: boolean;
  readonly parentPipe: boolean;
}

/** Throws UsageError. */
function readFlags(): Flags | "help" {
  const {
    port,
    dir,
    people,
    prepare,
    json,
    help,
    "parent-pipe": parentPipe,
  } = parseFlags({ options: OPTIONS }).values;
  if (help) return "help";
  if (dir === "") throw new UsageError("--dir needs the name of a folder.");
  if (people && !prepare) throw new UsageError("--people makes sense only with --prepare.");
  return {
    port: wholeNumber("--port", port, 0, 65_535),
    dir,
    population: people && Object.fromEntries(people.map(readPeople)),
    prepare,
    json,
    parentPipe,
  };
}

function readPeople(text: string): [string, number] {
  const [area = "", number = ""] = text.split("=");
  if (!isArea(area))
    throw new UsageError(`--people ${text}: no such area; there are ${Object.keys(AREAS).join(", ")}.`);
  return [area, wholeNumber(`--people ${area}=N`, number, 1, 99_999_999)];
}

/** Resolves when this process is told to end. */
function end(parentPipe: boolean): Promise<void> {
  return new Promise((resolve) => {
    process.on("SIGINT", () => resolve());
    process.on("SIGTERM", () => resolve());
    if (parentPipe) process.stdin.on("end", resolve).on("error", resolve).resume();
  });
}

async function prepare(served: PgliteServer, population: Population | undefined): Promise<void> {
  const table = await openTable(served.url, { name: "world" });
  try {
    await table.prepare(population && { population });
  } finally {
    await table.close();
  }
}

async function serve({ port, dir, population, prepare: wanted, json, parentPipe }: Flags): Promise<void> {
  const ended = end(parentPipe);
  const served = await servePglite({ port, ...(dir !== undefined && { dir }) });
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

try {
  const flags = readFlags();
  if (flags === "help") console.log(HELP);
  else await serve(flags);
  process.exit(0);
} catch (error) {
  process.exit(complain("world:", error));
}
