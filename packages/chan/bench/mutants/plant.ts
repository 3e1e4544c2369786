/** Plants one fault in a source text. */

export interface Fault {
  /** What is wrong then, in words. */
  readonly fault: string;
  /** Its file, from `src/`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const WORD = /^[\w$]/;

/** Finds the tokens of `code` in any white space, so that a formatter cannot hide them. */
function pattern(code: string): RegExp {
  const tokens = code.match(/[\w$]+|[^\s\w$]/g) ?? [];
  let source = "";
  tokens.forEach((token, i) => {
    const areWords = i > 0 && WORD.test(token) && WORD.test(tokens[i - 1] as string);
    source += `${i === 0 ? "" : areWords ? "\\s+" : "\\s*"}${token.replace(/\W/g, "\\$&")}`;
  });
  return new RegExp(source, "g");
}

/** The text with the fault in it. Throws when the place of the fault is gone, or is not the only one. */
export function plant(text: string, { fault, file, from, to }: Fault): string {
  const places = [...text.matchAll(pattern(from))].length;
  if (places !== 1)
    throw new Error(
      `bench/mutants/faults.ts: "${fault}" looks for \`${from}\` in src/${file}, which holds it ${places} times, not once. After a rename, change \`from\` as well`,
    );
  return text.replace(pattern(from), () => to);
}
