/** `npm start`: plays the story from v1 to v4 with real processes, real AMQP and a real table, and gives the verdict. */

import { withAdvice } from "@shirts/cluster/advice";
import { killAll } from "@shirts/cluster/processes";
import { openServices } from "@shirts/cluster/services";
import { complain } from "@shirts/command-line";
import chalk from "chalk";
import { readFlags, USAGE } from "./flags.ts";
import type { Outcome } from "./outcome.ts";
import { clearQueue, play } from "./play.ts";
import { type Scene, scenesFor } from "./scenes.ts";
import { openScreen, type Screen } from "./screen.ts";
import { summaryTable } from "./summary.ts";

async function main(): Promise<void> {
  const flags = readFlags(process.argv.slice(2));
  if (flags === "help") {
    process.stdout.write(USAGE);
    return;
  }
  const screen = openScreen(flags);
  screen.say();
  screen.say(chalk.bold("Synchronization between workers: a president, a million people, and two shirts."));
  screen.say(chalk.dim("  opening the services: a broker and a table …"));
  const services = await openServices();
  for (const line of services.about) screen.say(chalk.dim(`  ${line}`));
  const scenes = scenesFor(flags);
  // Before anything is changed: a reader who plays by hand here keeps the table.
  for (const scene of scenes) await clearQueue(services, scene);
  const outcomes: Outcome[] = [];
  for (const [index, scene] of scenes.entries()) {
    announce(screen, index + 1, scene);
    await services.table.prepare({ population: flags.population });
    const outcome = await play(scene, { services, screen, steps: flags.steps });
    screen.outcome(outcome);
    outcomes.push(outcome);
  }
  screen.say();
  for (const line of summaryTable(outcomes)) screen.say(line);
  screen.say();
  if (scenes.some(({ stage }) => stage === "v4"))
    screen.say(chalk.bold("  A cancel saves work; a fence saves data."));
  screen.say("  Next: README.md, and docs/ chapter by chapter. Your own scene: npm start -- --help");
  await services.close();
}

function announce(screen: Screen, number: number, scene: Scene): void {
  screen.say();
  screen.say(chalk.bold(`${number}  ${scene.title}`));
  for (const line of scene.before) screen.say(`   ${line}`);
}

process.once("SIGINT", () => leave(130));
process.once("SIGTERM", () => leave(143));
process.once("SIGHUP", () => leave(129));
process.once("exit", killAll);
// `npm start | head`: the reader has seen enough, and that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") process.stderr.write(`The output cannot be written: ${error.message}\n`);
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

/** Ends at once: every process we started is killed, the cursor comes back. Jobs that were not acked stay in their queue. */
function leave(code: number): never {
  if (process.stdout.isTTY) process.stdout.write("\u001B[?25h\n");
  process.exit(code);
}

try {
  await main();
  process.exit(0);
} catch (error) {
  process.exit(complain(chalk.red("✗"), withAdvice(error)));
}
