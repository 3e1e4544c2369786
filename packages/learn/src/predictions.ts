/** The questions of a chapter's "Predict", and the answers that its page folds away. */

export interface Prediction {
  readonly question: string;
  /** Undefined when the page has no answer of this number. */
  readonly answer: string | undefined;
}

/** Reads a chapter. None when it has no such section. */
export function predictionsOf(markdown: string): Prediction[] {
  const lines = withoutFences(markdown);
  const from = lines.findIndex((line) => /^## Predict/.test(line));
  if (from < 0) return [];
  const rest = lines.slice(from + 1);
  const end = rest.findIndex((line) => line.startsWith("## "));
  const questions = numbered(
    rest.slice(0, end < 0 ? undefined : end).filter((line) => !line.startsWith("<")),
  );
  const folded = rest.slice(rest.findIndex((line) => line.startsWith("<details")));
  const answers = numbered(
    folded.slice(
      0,
      folded.findIndex((line) => line.startsWith("</details")),
    ),
  );
  return questions.map((question, index) => ({ question, answer: answers[index] }));
}

function withoutFences(markdown: string): string[] {
  let isFence = false;
  return markdown.split(/\r?\n/).filter((line) => {
    if (!/^```/.test(line)) return !isFence;
    isFence = !isFence;
    return false;
  });
}

/** The items of a numbered list, each with the lines that belong to it, as plain text. */
function numbered(lines: readonly string[]): string[] {
  const items: string[] = [];
  let isOpen = false;
  for (const line of lines) {
    const [, first] = /^\d+\. (.*)$/.exec(line) ?? [];
    if (first !== undefined) items.push(first);
    else if (isOpen && /^\s+\S/.test(line)) items[items.length - 1] += ` ${line.trim()}`;
    isOpen = first !== undefined || (isOpen && line.trim() !== "");
  }
  return items.map(plain);
}

/** Markdown's marks taken out: a terminal shows none. */
function plain(text: string): string {
  return text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\*\*([^*]+)\*\*/g, "$1")
    .replace(/(^|[\s(])\*([^*\s][^*]*)\*/g, "$1$2")
    .replaceAll("`", "");
}
