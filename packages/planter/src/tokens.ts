/**
 * TypeScript as a list of tokens: two texts with the same tokens differ in white space and comments only.
 *
 * It does not know regular expressions, nor a template string inside a template string. A template string is one token;
 * with `inTemplates` its words are tokens, too, so that a piece of SQL can be found.
 */

export interface Token {
  readonly text: string;
  /** Offsets in the text: from the first character, up to the one behind the last. */
  readonly from: number;
  readonly to: number;
}

const COMMENT = String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/`;
const WORD = String.raw`[\w$]+`;
const QUOTED = String.raw`"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'`;
const TEMPLATE = "`(?:\\\\.|[^`\\\\])*`";
const OPERATOR = String.raw`=>|\.\.\.|\?\.|\?\?=?|&&=?|\|\|=?|[=!]==?|[-+*/%<>]=|\+\+|--`;
const TOKEN = new RegExp(`${COMMENT}|${WORD}|${QUOTED}|${TEMPLATE}|${OPERATOR}|\\S`, "g");
const TOKEN_IN_TEMPLATES = new RegExp(`${COMMENT}|${WORD}|${QUOTED}|${OPERATOR}|\\S`, "g");

/** The tokens between two offsets. A comma before a closing bracket is left out, because a formatter may add one there. */
export function tokens(text: string, from = 0, to = text.length, inTemplates = false): Token[] {
  const found: Token[] = [];
  for (const match of text.slice(from, to).matchAll(inTemplates ? TOKEN_IN_TEMPLATES : TOKEN)) {
    const [word] = match;
    if (word.startsWith("//") || word.startsWith("/*")) continue;
    if (/^[)\]}]$/.test(word) && found.at(-1)?.text === ",") found.pop();
    found.push({ text: word, from: from + match.index, to: from + match.index + word.length });
  }
  return found;
}

export function isWord(text: string): boolean {
  return /^[A-Za-z_$]/.test(text);
}
