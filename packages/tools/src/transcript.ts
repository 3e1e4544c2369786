/**
 * What a `run` directive shows: a command, and what it printed, or a part of that.
 *
 *     run [once] [from "TEXT"] [before "TEXT"] COMMAND
 *
 * `from` leaves out the lines above the first one that has the text, `before` that one and all below; a line with an
 * ellipsis stands for what is left out. So a chapter need not repeat a head that all outputs have.
 */
import { type Block, fenced } from "./directives.ts";
import type { Run } from "./runs.ts";

interface Shown {
  readonly once: boolean;
  readonly from: string | undefined;
  readonly before: string | undefined;
  readonly command: string;
}

const LEFT_OUT = "…";

function read({ args }: Block): Shown {
  const [, once, from, before, command = ""] =
    /^(once\s+)?(?:from "([^"]*)"\s+)?(?:before "([^"]*)"\s+)?(.*)$/.exec(args) ?? [];
  return { once: once !== undefined, from, before, command };
}

export function isOnce(block: Block): boolean {
  return block.kind === "run" && read(block).once;
}

export function commandOf(block: Block): string {
  return read(block).command;
}

/** A recording of another command, or an empty one, is none. */
export function isRecorded(block: Block): boolean {
  return block.body[1] === `$ ${commandOf(block)}`;
}

/** The body of the block; a string says why there is none. Without a run, what was recorded is cut as the directive says. */
export function transcript(
  root: string,
  block: Block,
  run: Run | string | undefined,
): string[] | string | undefined {
  const { command } = read(block);
  if (run === undefined) {
    const recorded = block.body.slice(2, -1);
    const kept = isRecorded(block) ? cut(recorded, read(block)) : undefined;
    return typeof kept === "object" ? fenced("console", [`$ ${command}`, ...kept]) : kept;
  }
  if (typeof run === "string") return `"${command}": ${run}`;
  const machine = run.output.find((line) => line.includes(root));
  if (machine !== undefined && run.exitCode !== 0) {
    return `"${command}" fails with exit code ${run.exitCode}: ${machine.replaceAll(root, "").trim()}: repair the program`;
  }
  if (machine !== undefined) {
    return `"${command}" prints a path of this machine: let it print paths from the repository's root`;
  }
  const exit = run.exitCode === 0 ? [] : [`[exit code ${run.exitCode}]`];
  const lines = cut([...run.output, ...exit], read(block));
  return typeof lines === "string" ? lines : fenced("console", [`$ ${command}`, ...lines]);
}

/** A string says which text no line has. A second cut changes nothing. */
function cut(lines: readonly string[], { from, before }: Shown): string[] | string {
  const at = (text: string) => lines.findIndex((line) => line.includes(text));
  const first = from === undefined ? 0 : at(from);
  if (first === -1) return `no line of the output has "${from}": correct from`;
  const found = before === undefined ? lines.length : at(before);
  const isCut = found === -1 && lines.at(-1) === LEFT_OUT;
  if (found === -1 && !isCut) return `no line of the output has "${before}": correct before`;
  const end = isCut ? lines.length - 1 : found;
  const shown = lines.slice(first, end);
  while (shown.at(-1) === "") shown.pop();
  return [...(first > 0 ? [LEFT_OUT] : []), ...shown, ...(end < lines.length ? [LEFT_OUT] : [])];
}
