/** `npm start -- --page`: the play, the server of its page, the link, and the file that keeps the trace. */
import { closeSync, openSync, writeSync } from "node:fs";
import { openServices } from "@shirts/cluster/services";
import { fromHere, UsageError } from "@shirts/command-line";
import { openBrowser, serveLive } from "@shirts/live";
import { type Action, actionShape, type TraceEvent } from "@shirts/live/messages";
import chalk from "chalk";
import type { Flags, PageFlags } from "../flags.ts";
import { clearQueue } from "../play.ts";
import { LivePlay } from "./live-play.ts";
import { pageFiles } from "./page-files.ts";

/** A job takes some ten seconds: time enough to freeze somebody. */
const PACE_MS = 100;

/** How long pages may take to hear that the program ends, in milliseconds. */
const FAREWELL_MS = 300;

/** What a page gets that comes late: some hundred jobs. `--keep` has all. */
const LIMITS = { events: 10_000 };

/**
 * Plays until a page asks for the end. `onLeave` is given what must be done before the process ends by a signal. Throws when
 * the port is taken, and when a service does not answer.
 */
export async function playOnPage(
  flags: Flags,
  { stage, port, keep }: PageFlags,
  onLeave: (farewell: () => Promise<void>) => void,
): Promise<void> {
  const say = (line: string) => {
    if (!flags.json) process.stdout.write(`${line}\n`);
  };
  const keeper = keep === undefined ? undefined : openKeeper(fromHere(keep));
  say(chalk.dim("  building the page …"));
  let play: LivePlay | undefined;
  const act = async (action: Action) => {
    if (!play) throw new Error("the play is not ready yet");
    await play.act(action);
  };
  const page = await serveLive({
    files: await pageFiles(),
    port,
    action: actionShape,
    act,
    limits: LIMITS,
    onPage: () => play?.watched(),
  });
  const link = `${page.url}#live/${page.token}`;
  onLeave(async () => {
    play?.farewell("It was ended in the terminal.");
    await page.close(FAREWELL_MS);
  });
  try {
    say(chalk.dim("  opening the services: a broker and a table …"));
    const services = await openServices();
    for (const line of services.about) say(chalk.dim(`  ${line}`));
    await clearQueue(services, { stage }, (line) => say(`  ${line}`));
    await services.table.prepare({ population: flags.population });
    const { worker, steps, population, pacesMs = [PACE_MS] } = flags;
    const nodes = flags.nodes ?? Math.max(2, pacesMs.length);
    play = new LivePlay({
      ...{ services, stage, worker, steps, nodes, pacesMs, population },
      onEvent(event) {
        keeper?.write(event);
        if (flags.json) process.stdout.write(`${JSON.stringify(event)}\n`);
        page.feed.append(event);
      },
      onState: (name, state) => page.feed.set(name, state),
      isWatched: () => page.pages > 0,
    });
    sayLink(flags, link);
    await play.run();
    await page.close();
    await services.close();
    if (keep !== undefined) say(`  The trace is in ${keep}: drop it on the page under "Replay".`);
  } finally {
    keeper?.close();
  }
}

/** On its own line and without colour, also with --json: a program finds it there. */
function sayLink({ json, plain }: Flags, link: string): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ page: link })}\n`);
    return;
  }
  process.stdout.write(
    `\n  The page, for you alone (the link opens it; Ctrl-C ends the play):\n\n  ${link}\n\n`,
  );
  if (!plain) openBrowser(link, process);
}

/** Each event is in the file before anything else happens: also a play that is killed has left its trace. */
function openKeeper(file: string): { write(event: TraceEvent): void; close(): void } {
  try {
    const handle = openSync(file, "w");
    return {
      write: (event) => writeSync(handle, `${JSON.stringify(event)}\n`),
      close: () => closeSync(handle),
    };
  } catch (error) {
    throw new UsageError(`--keep: ${(error as Error).message}`);
  }
}
