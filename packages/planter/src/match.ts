/**
 * Finds a piece of code by its tokens. In a pattern, `$name` stands for an identifier whose name does not matter: the
 * same one wherever the same `$name` comes. So a renamed variable or another line break does not hide the place.
 *
 *     if ($running.get($area) === $routine) $running.delete($area);
 *
 * A pattern writes `{ area: $area }`, and it also finds the short form `{ area }`. `$1` is a parameter of SQL, and stands for itself.
 */
import { isWord, type Token } from "./tokens.ts";

/** What each `$name` stands for. */
export type Names = ReadonlyMap<string, string>;

export interface Place {
  /** Offsets in the text. */
  readonly from: number;
  readonly to: number;
  /** The names that were known before, and those of this place. */
  readonly names: Names;
}

/** Every place where the pattern matches. Names that are known already must agree. */
export function places(source: readonly Token[], pattern: readonly Token[], known: Names): Place[] {
  return source.flatMap((_, start) => placeAt(source, start, pattern, known) ?? []);
}

function placeAt(
  source: readonly Token[],
  start: number,
  pattern: readonly Token[],
  known: Names,
): Place | undefined {
  const names = new Map(known);
  let at = start;
  for (let i = 0; i < pattern.length; i++) {
    const [wanted, found] = [textAt(pattern, i), textAt(source, at)];
    if (!isSame(wanted, found, names)) return undefined;
    if (textAt(pattern, i + 1) === ":" && isPlaceholder(textAt(pattern, i + 2)) && isShort(source, at)) {
      if (!isSame(textAt(pattern, i + 2), found, names)) return undefined;
      i += 2;
    }
    at++;
  }
  const [first, last] = [source[start], source[at - 1]];
  return first && last && { from: first.from, to: last.to, names };
}

function textAt(list: readonly Token[], index: number): string {
  return list[index]?.text ?? "";
}

function isPlaceholder(text: string): boolean {
  return /^\$[a-z]/i.test(text);
}

/** A property in its short form: `area` in `{ area, consumerId }`. */
function isShort(source: readonly Token[], at: number): boolean {
  return [",", "}"].includes(textAt(source, at + 1));
}

function isSame(wanted: string, found: string, names: Map<string, string>): boolean {
  if (!isPlaceholder(wanted)) return wanted === found;
  if (!isWord(found)) return false;
  const known = names.get(wanted);
  if (known === undefined) names.set(wanted, found);
  return known === undefined || known === found;
}

/** The text with each `$name` replaced by what it stands for. Throws when it stands for nothing. */
export function withNames(text: string, names: Names, where: string): string {
  return text.replace(
    /(?:\b(\w+): )?(\$[a-z]\w*)/gi,
    (_, property: string | undefined, placeholder: string) => {
      const name = names.get(placeholder);
      if (name === undefined) throw new Error(`${where}: ${placeholder} stands for nothing`);
      return property === undefined || property === name ? name : `${property}: ${name}`;
    },
  );
}
