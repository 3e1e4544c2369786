/** A worker's text as lines to show: without the marks of its regions, and with what each line belongs to. */

export interface Line {
  readonly text: string;
  /** The regions that it is in, the outermost first. */
  readonly regions: readonly string[];
  readonly isComment: boolean;
}

export function listingOf(source: string): Line[] {
  const lines: Line[] = [];
  let regions: readonly string[] = [];
  let isBlock = false;
  for (const text of source.trimEnd().split("\n")) {
    const mark = /^\s*\/\/ #(end)?region (\S+)/.exec(text);
    if (mark) {
      const [, end, name = ""] = mark;
      regions = end ? regions.filter((one) => one !== name) : [...regions, name];
      continue;
    }
    if (/^\s*\/\*/.test(text)) isBlock = true;
    lines.push({ text, regions, isComment: isBlock || /^\s*\/\//.test(text) });
    if (text.includes("*/")) isBlock = false;
  }
  return lines;
}
