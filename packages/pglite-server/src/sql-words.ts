/**
 * SQL as words: enough of PostgreSQL's lexer to see how a statement begins and which functions it names, without being misled by
 * strings, comments and quoted names. Pure: text in, words out.
 */

/** What is one piece to PostgreSQL. What is not closed goes to the end. Comments may be nested, so they are skipped by hand. */
const PIECE = new RegExp(
  [
    /\s+/,
    /--[^\n\r]*/,
    /[eE]'[^'\\]*(?:(?:\\.|'')[^'\\]*)*'?/,
    /(?:[uU]&|[bBxXnN])?'[^']*(?:''[^']*)*'?/,
    /(\$(?:[A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?\$).*?(?:\1|$)/,
    /(?:[uU]&)?"[^"]*(?:""[^"]*)*"?/,
    /[A-Za-z_\x80-\uffff][\w$\x80-\uffff]*/,
    /./,
  ]
    .map(({ source }) => source)
    .join("|"),
  "ys",
);

/**
 * The statements of a text, each as its words: names and keywords in lower case, a string as its content behind a `'`, signs one
 * by one.
 */
export function statementsOf(text: string): string[][] {
  const statements: string[][] = [[]];
  for (let at = 0; at < text.length; ) {
    if (text.startsWith("/*", at)) {
      at = endOfComment(text, at);
      continue;
    }
    PIECE.lastIndex = at;
    const [piece = ""] = PIECE.exec(text) ?? [];
    at = PIECE.lastIndex;
    if (piece === ";") statements.push([]);
    else if (!/^(?:\s|--)/.test(piece)) statements.at(-1)?.push(wordOf(piece));
  }
  return statements.filter((words) => words.length > 0);
}

function wordOf(piece: string): string {
  const quote = /^(?:[A-Za-z]|[uU]&)?(?=['"])|^(?=\$)/.test(piece)
    ? (/['"]|\$\w*\$/.exec(piece)?.[0] ?? "")
    : "";
  if (quote === "") return piece.toLowerCase();
  const content = piece.slice(piece.indexOf(quote) + quote.length, -quote.length);
  return quote === '"' ? content : `'${content}`;
}

function endOfComment(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith("/*", at)) {
      depth++;
      at++;
    } else if (text.startsWith("*/", at)) {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}
