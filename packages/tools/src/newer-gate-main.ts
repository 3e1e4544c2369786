// The second half of the gate, which `.ci/run` starts after `npm test`: what meets a server, on the newer servers.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { program } from "@shirts/command-line";
import { want } from "@shirts/servers";
import { add, closingLine, ZERO } from "./gate/counts.ts";
import { toldFailures } from "./gate/failures.ts";
import { binOf, type Gate, runGate } from "./gate/gate.ts";
import { type Half, readHalf } from "./gate/half.ts";
import { provedDocument } from "./gate/proved.ts";
import { runStep, signalCode, stopStepsOnSignal } from "./gate/step.ts";

const USAGE = `The gate's second half: what meets a server, on RabbitMQ 4 and PostgreSQL 18. \`.ci/newer\` gets them.

  --after FILE   the first half's count, to be added
  --help         this text`;

const root = fileURLToPath(new URL("../../..", import.meta.url));
const PROVED = join(root, "docs/generated/proved.md");

const SERVICES = [process.execPath, "--import", "tsx", "packages/servers/src/services-main.ts", "--"];

/** Files of tests whose answer depends on the server. All others know only the embedded parts. */
const TESTS = [
  "packages/broker/test/contract.test.ts",
  ...["amqp", "table", "cluster", "v4", "servers", "storm"].map((name) => `packages/${name}/test/`),
];

function newerGate(before: Half): Gate {
  return {
    before,
    checks: [
      {
        name: "storm",
        command: [process.execPath, "--import", "tsx", "packages/storm/src/main.ts", "v4", "--stories", "20"],
      },
      {
        name: "story",
        command: [...SERVICES, process.execPath, "packages/tools/scripts/launch.cjs", "start", "--fast"],
        // No scene of v4 is wrong.
        says: /^(?!.*\bv4\b[^\n]*WRONG).*\bv4\b[^\n]*✓ right/s,
      },
    ],
    tests: [...SERVICES, binOf(root, "vitest"), "run", ...TESTS],
    reportFile: join(root, ".cache/gate/newer.json"),
    print: console.log,
  };
}

/** The versions of the servers; undefined, with a line on the screen, when they cannot be started. */
async function versionsHere(): Promise<string | undefined> {
  const { exitCode, output } = await runStep(
    [...SERVICES, process.execPath, "-p", "process.env.SERVICES"],
    false,
  );
  console.log(output.trim());
  return exitCode === 0 ? /RabbitMQ \S+, PostgreSQL \S+/.exec(output)?.[0] : undefined;
}

function record(older: string, newer: string): void {
  const text = provedDocument({ older, newer });
  if (existsSync(PROVED) && readFileSync(PROVED, "utf8") === text) return;
  writeFileSync(PROVED, text);
  console.log(
    "\nOther versions were proved than docs/generated/proved.md said. It is written anew: run `pnpm docs:sync`, pin them in docker-compose.yml, and commit all three.",
  );
}

/** Resolves with true when nothing failed, in both halves. */
async function proveNewer(before: Half): Promise<boolean> {
  const newer = await versionsHere();
  if (newer === undefined) {
    console.log(
      `\n${toldFailures([...(before.failures ?? []), "the newer servers: they cannot be started"])}`,
    );
    console.log(`\n${closingLine(add(before.counts, { ...ZERO, failed: 1 }))}`);
    return false;
  }
  const { counts } = await runGate(newerGate(before), ({ failed }) => {
    if (failed === 0 && before.servers !== undefined) record(before.servers, newer);
  });
  return counts.failed === 0;
}

await program({
  name: "gate",
  usage: USAGE,
  options: { after: { type: "string" } },
  async main({ after }) {
    stopStepsOnSignal();
    process.chdir(root);
    want("RabbitMQ", "4");
    want("PostgreSQL", "18");
    const isGood = await proveNewer(after === undefined ? { counts: ZERO } : readHalf(after));
    return signalCode() ?? (isGood ? 0 : 1);
  },
});
