import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

const src = fileURLToPath(new URL("../src", import.meta.url));
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** What a bundle of these exports weighs in a browser, in kB (1000 bytes), minified and gzipped. */
async function kilobytes(names: string, from = "index.ts"): Promise<number> {
  const contents = `export { ${names} } from "./${from}";`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: src, loader: "ts" },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? new Uint8Array()).length / 1000;
}

test("README says what a browser has to load", async () => {
  const all = readFileSync(`${src}/index.ts`, "utf8");
  const names = [...all.matchAll(/^export \{([^}]*)\}/gm)]
    .flatMap(([, list = ""]) => list.replace(/\/\*\*.*?\*\//g, "").split(","))
    .map((name) => name.trim())
    .filter((name) => name !== "" && !name.startsWith("type "));
  const sizes = {
    everything: await kilobytes(names.join(", ")),
    "`chan` alone": await kilobytes("chan"),
    "`bubble` with what it needs": await kilobytes("bubble", "testing/index.ts"),
  };
  for (const [what, size] of Object.entries(sizes)) {
    const said = Number(new RegExp(`${what} ([\\d.]+) kB`).exec(readme)?.[1]);
    expect(Math.abs(said / size - 1), `${what} is ${size} kB, README says ${said}`).toBeLessThan(0.05);
  }
});
