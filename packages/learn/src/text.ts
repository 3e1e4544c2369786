/** Pieces of text for a terminal: wrapped lines, bars, and what a judgement says. Colours are never alone: a word says the same. */
import chalk from "chalk";
import type { Complaint } from "./judge/complaint.ts";
import type { Judged } from "./judge/judge-file.ts";

/** The program's lines that are shown. */
export const SHOWN = 15;

/** Breaks a text at spaces into lines of at most `width`; a longer word stays whole. Line breaks of the text stay. */
export function wrap(text: string, width: number, indent = ""): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line !== "" && indent.length + line.length + 1 + word.length > width) {
        lines.push(indent + line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    return [...lines, indent + line];
  });
}

/** A line that is too long ends with "…". */
export function cut(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;
}

/** `###.....`: how many of `total`. */
export function bar(done: number, total: number, width: number): string {
  const full = total === 0 ? 0 : Math.floor((done / total) * width);
  return `[${"#".repeat(full)}${".".repeat(width - full)}]`;
}

/** Breaks a line of code into pieces of at most `width`, so that none of it is lost. */
export function fold(line: string, width: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at === 0 || at < line.length; at += width) pieces.push(line.slice(at, at + width));
  return pieces;
}

/** What the reader's program has printed, at most `most` lines of it, and how it ended. `file` is the reader's, for people. */
export function outputLines({ lines, endedBy }: Judged, file: string, width: number, most = SHOWN): string[] {
  const shown = lines.slice(0, most).map((line) => cut(`  ${line}`, width));
  if (lines.length > most) shown.push(chalk.dim(`  … and ${lines.length - most} more lines`));
  if (endedBy)
    shown.push(...wrap(`It ends by: ${said(endedBy, file)}`, width, "  ").map((line) => chalk.yellow(line)));
  return shown.length > 0 ? shown : [chalk.dim("  (nothing)")];
}

/** The law, kept or broken, and the complaint. */
export function verdictLines({ complaint }: Judged, law: string, file: string, width: number): string[] {
  if (!complaint) return wrap(`KEPT: ${law}.`, width).map((line) => chalk.green(line));
  return [
    ...wrap(`NOT YET: ${law}.`, width).map((line) => chalk.red(line)),
    ...wrap(said(complaint, file), width, "  "),
  ];
}

/** With its place, as editors and terminals know it: `file.ts:12: what`. */
function said({ text, line }: Complaint, file: string): string {
  return line === undefined ? text : `${file}:${line}: ${text}`;
}
