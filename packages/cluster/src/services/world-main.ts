/** Serves the table as a process of its own: `pnpm world`. */
import { program, stopSignal, UsageError, wholeNumber } from "@shirts/command-line";
import { type PgliteServer, servePglite } from "@shirts/pglite-server";
import { AREAS, isArea, type Population } from "@shirts/story";
import { NoWorldError, openTable, type Table } from "@shirts/table";

const USAGE = `Serves the table of people (PGlite) on 127.0.0.1, until Ctrl-C.

  --port 5432          the port; 0 takes a free one
  --dir .world         keeps the table in this folder; without it, it lives in memory
  --prepare            makes a world when there is none yet: everybody in white
  --fresh              makes a fresh world in any case; what was there is gone
  --people AREA=N      with --prepare or --fresh: this area with N people, and no area that is not named; may be repeated
  --json               prints one line {"url":…,"port":…} when ready, and nothing else
  --parent-pipe        ends when standard input closes
  --help               this text`;

const OPTIONS = {
  port: { type: "string", default: "5432" },
  dir: { type: "string" },
  people: { type: "string", multiple: true },
  prepare: { type: "boolean", default: false },
  fresh: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  "parent-pipe": { type: "boolean", default: false },
} as const;

function readPeople(text: string): [string, number] {
  const [area = "", number = ""] = text.split("=");
  if (!isArea(area))
    throw new UsageError(`--people ${text}: no such area; there are ${Object.keys(AREAS).join(", ")}.`);
  return [area, wholeNumber(`--people ${area}=N`, number, 1, 99_999_999)];
}

/** Resolves with true when there was a world, and it was kept. */
async function prepare(
  served: PgliteServer,
  population: Population | undefined,
  isFresh: boolean,
): Promise<boolean> {
  const table = await openTable(served.url, { name: "world" });
  try {
    const isKept = !isFresh && (await hasWorld(table));
    if (!isKept) await table.prepare(population && { population });
    return isKept;
  } finally {
    await table.close();
  }
}

/** False, too, when its tables are of another version: they are of no use to this one. */
async function hasWorld(table: Table): Promise<boolean> {
  try {
    return (await table.world()) !== undefined;
  } catch (error) {
    if (!(error instanceof NoWorldError)) throw error;
    if (error.isOtherVersion)
      console.error(
        "world: another version of this program made the world that was kept here. It is made anew.",
      );
    return false;
  }
}

await program({
  name: "world",
  usage: USAGE,
  options: OPTIONS,
  async main({ port, dir, people, prepare: isWanted, fresh: isFresh, json, "parent-pipe": parentPipe }) {
    if (dir === "") throw new UsageError("--dir needs the name of a folder.");
    if (people && !isWanted && !isFresh)
      throw new UsageError("--people makes sense only with --prepare or --fresh.");
    const population = people && Object.fromEntries(people.map(readPeople));
    const at = wholeNumber("--port", port, 0, 65_535);
    const stopped = stopSignal(parentPipe);
    const served = await servePglite({ port: at, ...(dir !== undefined && { dir }) });
    try {
      const isKept = (isWanted || isFresh) && (await prepare(served, population, isFresh));
      console.log(
        json
          ? JSON.stringify({ url: served.url, port: served.port })
          : `The table of people is served at ${served.url}${dir === undefined ? ", in memory" : `, kept in ${dir}`}${isKept ? ", as you left it (--fresh makes a new world)" : ""}. Ctrl-C ends it.`,
      );
      const failure = await Promise.race([stopped, served.failed]);
      if (failure instanceof Error) throw failure;
    } finally {
      await served.close();
    }
  },
});
