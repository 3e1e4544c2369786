/** Asks the table for its verdict: `pnpm verdict`. */
import { program, UsageError } from "@shirts/command-line";
import { isRight } from "@shirts/story";
import { DEFAULT_DATABASE_URL, openTable, TableError } from "@shirts/table";
import { verdictTable } from "@shirts/terminal";
import { tableName, worksWith } from "../names.ts";

const NAME = "verdict";

const USAGE = `Counts the table of people and prints the verdict; on stderr, of which table.

  --url postgres://…   the database; without it DATABASE_URL, and without that, what \`pnpm world\` or docker compose serves
  --json               prints the verdict as one line of JSON
  --help               this text

Exit code: 0 everybody wears the commanded shirt, 1 somebody does not, 2 the table did not answer.`;

async function ask(url: string, json: boolean): Promise<boolean> {
  const table = await openTable(url, { name: NAME });
  try {
    const verdicts = await table.verdict();
    if (verdicts.length === 0)
      throw new TableError("the world has no areas yet. `npm start` makes them, and so does `pnpm world`");
    // Not on stdout: with --json another program may read that.
    console.error(worksWith(NAME, tableName(table.server)));
    console.log(
      json ? JSON.stringify(verdicts) : verdictTable(verdicts, { colour: process.stdout.isTTY === true }),
    );
    return isRight(verdicts);
  } finally {
    await table.close();
  }
}

await program({
  name: NAME,
  usage: USAGE,
  options: {
    url: { type: "string", default: process.env.DATABASE_URL || DEFAULT_DATABASE_URL },
    json: { type: "boolean", default: false },
  },
  // The exit code 1 is a verdict. So each failure has 2, as with grep and diff.
  explain: (error) => new UsageError((error as Error).message, { cause: error }),
  main: async ({ url, json }) => ((await ask(url, json)) ? 0 : 1),
});
