// `pnpm planted`: plants faults in the code that the promise rests on, and asks the tests whether they notice.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { program, UsageError } from "@shirts/command-line";
import { NotInstalledError, type Server, startPostgres } from "@shirts/servers";
import { killSteps } from "../gate/step.ts";
import { documentOf, lawsOf, totals } from "./document.ts";
import type { PlantedFault } from "./fault.ts";
import { faults } from "./faults/all.ts";
import type { Outcome } from "./run-tests.ts";
import { type Progress, type Tried, tryFaults } from "./try-faults.ts";

const USAGE = `pnpm planted                       every fault: about an hour on two cores
pnpm planted v4                    the faults whose file or name holds this word
pnpm planted --only "NAME"         the faults whose name holds this text
pnpm planted --rest                the faults that the document has no law for
pnpm planted --list                their names only

Each fault is planted in a copy of the tree; yours is not touched, but for docs/generated/planted-faults.md, where its row
is written. The exit code is 1 when one of them goes unseen.
Some need a real PostgreSQL: DATABASE_URL names one, else a private one is started when it is installed.`;

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const DOCUMENT = join(root, "docs/generated/planted-faults.md");
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Throws UsageError. */
function choose(words: readonly string[], only: string | undefined, isRest: boolean): PlantedFault[] {
  const known = isRest ? lawsOf(written()) : undefined;
  const chosen = faults.filter(
    ({ fault, file }) =>
      known?.get(fault) === undefined &&
      (only === undefined || fault.includes(only)) &&
      words.every((word) => file.includes(word) || fault.includes(word)),
  );
  if (chosen.length === 0) throw new UsageError("No such fault is left. --list shows them all.");
  return chosen;
}

/** The document of earlier runs; empty when there is none. */
function written(): string {
  return existsSync(DOCUMENT) ? readFileSync(DOCUMENT, "utf8") : "";
}

function sentence(outcome: Outcome): string {
  switch (outcome.type) {
    case "seen":
      return `seen by: ${outcome.test}`;
    case "passed":
      return "UNSEEN";
    case "skipped":
      return "not tried: no real server";
    case "broken":
      return `BROKEN, proves nothing: ${outcome.reason}`;
  }
}

function progressOf(count: number): Progress {
  return {
    checked: (file, { type }) => console.log(`without a fault: ${file} ${type}`),
    tried({ fault, outcome, seconds }, index) {
      console.log(
        `${index}/${count} ${fault.fault} (${fault.file}, ${seconds.toFixed(1)} s)\n      ${sentence(outcome)}`,
      );
    },
  };
}

/** Undefined when there is one already, or none is installed. */
async function privatePostgres(): Promise<Server | undefined> {
  if (process.env.DATABASE_URL) return undefined;
  try {
    const server = await startPostgres();
    process.env.DATABASE_URL = server.url;
    return server;
  } catch (error) {
    if (!(error instanceof NotInstalledError)) throw error;
    console.log(`Faults that need a real PostgreSQL are not tried: ${error.message}`);
    return undefined;
  }
}

async function run(chosen: readonly PlantedFault[]): Promise<number> {
  const server = await privatePostgres();
  let results: Tried[];
  try {
    results = await tryFaults(root, chosen, progressOf(chosen.length));
  } finally {
    await server?.stop();
  }
  const unseen = results.filter(({ outcome }) => outcome.type === "passed" || outcome.type === "broken");
  console.log(`\n${totals(results)}`);
  for (const { fault, outcome } of unseen)
    console.log(`  ${sentence(outcome)}: ${fault.fault} (${fault.file})`);
  const tried = results.filter(({ outcome }) => outcome.type !== "skipped");
  const before = written();
  mkdirSync(dirname(DOCUMENT), { recursive: true });
  writeFileSync(DOCUMENT, documentOf(faults, tried, before));
  return unseen.length === 0 ? 0 : 1;
}

await program({
  name: "planted",
  usage: USAGE,
  options: {
    only: { type: "string" },
    rest: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
  },
  positionals: "words",
  async main({ only, rest, list }, words) {
    const chosen = choose(words, only, rest);
    if (list) {
      for (const { fault, file } of chosen) console.log(`${file}: ${fault}`);
      return 0;
    }
    for (const [name, exitCode] of Object.entries(SIGNALS))
      process.on(name, () => {
        killSteps();
        // The copy and the servers go with the exit.
        process.exit(exitCode);
      });
    return run(chosen);
  },
});
