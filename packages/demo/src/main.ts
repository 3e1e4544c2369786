/** `npm start`: plays the story from v1 to v4 with real processes, real AMQP and a real table, and gives the verdict. */

import { withAdvice } from "@shirts/cluster/advice";
import { killAll } from "@shirts/cluster/processes";
import { openServices } from "@shirts/cluster/services";
import { program } from "@shirts/command-line";
import chalk from "chalk";
import { type Flags, OPTIONS, readFlags, USAGE } from "./flags.ts";
import type { Outcome } from "./outcome.ts";
import { playOnPage } from "./page/play-on-page.ts";
import { clearQueue, play } from "./play.ts";
import { type Scene, scenesFor } from "./scenes.ts";
import { openScreen, type Screen } from "./screen.ts";
import { summaryTable } from "./summary.ts";

async function playAll(flags: Flags): Promise<void> {
  const screen = openScreen(flags);
  screen.say();
  screen.say(chalk.bold("Synchronization between workers: a president, a million people, and two shirts."));
  screen.say(chalk.dim("  opening the services: a broker and a table …"));
  const services = await openServices();
  for (const line of services.about) screen.say(chalk.dim(`  ${line}`));
  const scenes = scenesFor(flags);
  // Before anything is changed: a reader who plays by hand here keeps the table.
  for (const scene of scenes) await clearQueue(services, scene, (line) => screen.say(`  ${line}`));
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

for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }))
  process.on(signal, () => void leave(code));
process.once("exit", killAll);

/** What a play wants to do before the process ends. A second signal does not wait for it. */
let farewell: (() => Promise<void>) | undefined;

/** Ends at once: every process we started is killed, the cursor comes back. Jobs that were not acked stay in their queue. */
async function leave(code: number): Promise<never> {
  const last = farewell;
  farewell = undefined;
  await last?.();
  if (process.stdout.isTTY) process.stdout.write("\u001B[?25h\n");
  process.exit(code);
}

await program({
  name: "demo",
  usage: USAGE,
  options: OPTIONS,
  explain: withAdvice,
  main(values) {
    const flags = readFlags(values);
    if (!flags.page) return playAll(flags);
    return playOnPage(flags, flags.page, (last) => {
      farewell = last;
    });
  },
});
