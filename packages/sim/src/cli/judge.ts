/** `pnpm sim --worker FILE`: a worker that was never in the house, judged by the laws. */
import { fromHere, shortly } from "@shirts/command-line";
import type { Stage as StageName, TraceEvent } from "@shirts/story";
import chalk from "chalk";
import { type Judged, judgeStage, STORIES } from "../judge-worker.ts";
import { lawsOf } from "../laws.ts";
import { drawTrace } from "../print/draw.ts";
import { whatWentWrong } from "../print/sentence.ts";
import type { Stage } from "../stages.ts";
import { group } from "./count.ts";
import { keepTrace, seeIt } from "./keep.ts";
import { describe } from "./one-story.ts";
import type { Options } from "./options.ts";

/** The relay sends a command that nobody works on again and again. Twice is enough to see it. */
function isNews(event: TraceEvent, at: number, trace: readonly TraceEvent[]): boolean {
  return (
    event.type !== "sent again" ||
    trace[at - 2]?.type !== "sent again" ||
    trace[at - 1]?.type !== "sent again"
  );
}

/** More rows say no more: such a story does not end. */
const ROWS_MAX = 60;

/** A broken law is exit code 1. */
export async function tellJudged(
  stage: Stage,
  options: Options,
  write: (text: string) => void,
): Promise<void> {
  const base: StageName = options.base ?? "v4";
  let orders: number | undefined;
  const judged = await judgeStage(stage, { base, onOrders: (count) => (orders = count) });
  if (judged) {
    tellBroken(judged, stage.name, base, options, write);
    process.exitCode = 1;
    return;
  }
  const own = Object.keys(options.ownLaws ?? {}).length;
  write(
    `${chalk.green("✓")} ${chalk.bold(stage.name)} keeps what ${base} keeps of the ${lawsOf(stage).length - own} laws`,
  );
  write(
    `${own > 0 ? `, and ${own} of your own` : ""}: in ${group(STORIES)} stories, with and without faults,\n`,
  );
  write(
    orders === undefined
      ? "  and nobody knows in how many orders of a small one: it has too many states to walk them all.\n"
      : `  and in all ${group(orders)} orders of a small one (2 nodes, 1 person, PURPLE and BLUE).\n`,
  );
  const worker = shortly(fromHere(options.worker ?? ""));
  write(`Next: pnpm sim --worker ${worker} --matrix, and on real servers pnpm storm --worker ${worker}\n`);
}

function tellBroken(
  { law, sentence, trace, steps, story, found, tried }: Judged,
  name: string,
  base: StageName,
  options: Options,
  write: (text: string) => void,
): void {
  if (options.keep !== undefined) keepTrace(options.keep, trace);
  write(`${chalk.red("✗")} ${chalk.bold(name)} breaks the law ${chalk.bold(`"${law}"`)}:\n  ${sentence}.\n`);
  if (found && !(law in (options.ownLaws ?? {})))
    write(`  ${base}'s own worker keeps it in the same story.\n`);
  if (story) write(`\nThe story: ${describe(story)}`);
  else
    write(
      "\nThe story: one of all orders of two commands, 1 person, two nodes (the first column counts events)",
    );
  write(tried === undefined ? "\n\n" : ` (the smallest of ${tried + 1} that were tried)\n\n`);
  const shown = trace.filter(isNews).slice(0, ROWS_MAX);
  write(drawTrace(shown, steps));
  if (shown.length < trace.length)
    write(`       … and ${trace.length - shown.length} events more of this kind\n`);
  const wrong = whatWentWrong(trace, steps);
  if (wrong) write(`\n${chalk.red("✗")} ${wrong}\n`);
  write(`\n${seeIt(options)}`);
}
