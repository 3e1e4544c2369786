/** Asks the table for its verdict: `pnpm verdict`. */
import { parseArgs } from "node:util";
import { isRight } from "@shirts/story";
import { DEFAULT_DATABASE_URL, openTable, TableError } from "@shirts/table";
import { verdictTable } from "@shirts/terminal";

const HELP = `Counts the table of people and prints the verdict.

  --url postgres://…   the database; without it DATABASE_URL, and without that, what \`pnpm world\` or docker compose serves
  --json               prints the verdict as one line of JSON
  --help               this text

Exit code: 0 everybody wears the commanded shirt, 1 somebody does not, 2 the table could not be asked.`;

async function ask(url: string, json: boolean): Promise<boolean> {
  const table = await openTable(url, { name: "verdict" });
  try {
    const verdicts = await table.verdict();
    if (verdicts.length === 0)
      throw new TableError("the world has no areas yet. `npm start` makes them, and so does `pnpm world`");
    console.log(
      json ? JSON.stringify(verdicts) : verdictTable(verdicts, { colour: process.stdout.isTTY === true }),
    );
    return isRight(verdicts);
  } finally {
    await table.close();
  }
}

try {
  const { values } = parseArgs({
    options: {
      url: { type: "string", default: process.env.DATABASE_URL || DEFAULT_DATABASE_URL },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) console.log(HELP);
  else process.exitCode = (await ask(values.url, values.json)) ? 0 : 1;
} catch (error) {
  console.error(`verdict: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
}
