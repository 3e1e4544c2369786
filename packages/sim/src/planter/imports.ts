/** The imports of a worker after a patch: exactly the names that it still uses, in Biome's order. */
import { tokens } from "@shirts/planter";

const IMPORT = /^import\s+(type\s+)?\{([^}]*)\}\s+from\s+"([^"]+)"\s*;\n/gm;
const LINE_WIDTH = 110;

/** `uses`: names of chan that the new code needs. */
export function fitImports(source: string, uses: readonly string[]): string {
  const used = new Set(tokens(source.replace(IMPORT, "")).map(({ text }) => text));
  return source.replace(IMPORT, (_, type: string | undefined, list: string, from: string) => {
    const names = list
      .split(",")
      .map((name) => name.trim().replace(/\s+/, " "))
      .concat(from === "@shirts/chan" ? uses : [])
      .filter((name) => used.has(bare(name)));
    if (names.length === 0) return "";
    names.sort((a, b) => (inOrder(a) < inOrder(b) ? -1 : 1));
    const [head, tail] = [`import ${type ? "type " : ""}{`, `} from "${from}";\n`];
    const line = `${head} ${names.join(", ")} ${tail}`;
    return line.length <= LINE_WIDTH + 1
      ? line
      : `${head}\n${names.map((name) => `  ${name},\n`).join("")}${tail}`;
  });
}

function bare(name: string): string {
  return name.replace(/^type /, "");
}

/** Letter by letter, and of one letter the capital first: Chan, chan, SendChan, select. */
function inOrder(name: string): string {
  return bare(name).replace(/[a-z]/gi, (letter) => letter.toLowerCase() + (/[a-z]/.test(letter) ? 1 : 0));
}
