/** The public declarations of the package, and the examples in their docstrings. */
import { readFileSync } from "node:fs";
import { type Declaration, declarationOf, examplesIn, exportsOf } from "./docstrings.ts";

/** The declarations that an entry of the package exports. */
function declarationsOf(entry: string): Declaration[] {
  const index = new URL(`../src/${entry}`, import.meta.url);
  return exportsOf(readFileSync(index, "utf8")).map(([name, file]) =>
    declarationOf(readFileSync(new URL(file, index), "utf8"), name),
  );
}

function importOf(entry: string): string {
  const names = declarationsOf(entry).map(({ name, kind }) =>
    kind === "interface" || kind === "type" ? `type ${name}` : name,
  );
  return `import { ${names.join(", ")} } from "../../src/${entry}";`;
}

const ENTRIES = ["index.ts", "testing/index.ts"];
export const declarations = ENTRIES.flatMap(declarationsOf);
/** What an example imports, for a program two folders below the package. */
export const imports = ENTRIES.map(importOf).join("\n");
export const examples = declarations.flatMap(({ name, doc }) =>
  examplesIn(doc).map((example) => ({ name, example })),
);
