/**
 * Builds the programs of this repository, each into one file of JavaScript: the tests start some two hundred processes, and
 * most of what a small process does is to find and to translate its modules. The gate in CI builds nothing: there every
 * program runs as people start it.
 *
 * 1. What was built before is removed first: a program that is there is built from the sources of now.
 * 2. A built program says the same as its source: `import.meta.url` is the source's, and so are the lines in a stack.
 */
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import { filesUnder } from "../tree.ts";

/** From the root. */
const FOLDER = ".cache/programs";

/**
 * They are found by their names. Not those of this package and of the page: no test starts them, and they need whole
 * toolchains, which cannot be built into one file.
 */
const isNamedSo = (path: string) =>
  /^packages\/(?!tools\/|theatre\/)[^/]+\/((src|bench|test)\/(.*[/-])?main|test\/(programs|planted)\/[^/]+)\.ts$/.test(
    path,
  );

/** They import sources while they run, their reader's or their own, and share their modules with them. */
const importing: ReadonlySet<string> = new Set([
  "packages/fence/src/check/main.ts",
  "packages/your-queue/src/main.ts",
]);

const isProgram = (path: string) => isNamedSo(path) && !importing.has(path);

/** Builds all programs below `packages/` of `root` into `folder`; resolves with their number. Rejects with one line per error. */
export async function buildPrograms(root: string, folder = join(root, FOLDER)): Promise<number> {
  rmSync(folder, { recursive: true, force: true });
  const programs = filesUnder(root, "packages").filter(isProgram);
  await build({
    absWorkingDir: root,
    entryPoints: programs,
    outdir: folder,
    outbase: "packages",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: `node${process.versions.node}`,
    // No `keepNames`: with it each closure that the simulator makes gets its name set, which is a third of its time.
    sourcemap: true,
    sourcesContent: false,
    logLevel: "silent",
    // Some libraries are CommonJS, and ask for Node's own modules by `require`.
    banner: {
      js: 'import { createRequire as createRequireHere } from "node:module"; const require = createRequireHere(import.meta.url);',
    },
    external: ["pg-native"],
    plugins: [sourcesOwnUrl, besideItsData],
  });
  return programs.length;
}

const sourcesOwnUrl: Plugin = {
  name: "import.meta.url is the source's",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const url = JSON.stringify(pathToFileURL(path).href);
      return { loader: "ts", contents: source.replaceAll("import.meta.url", url) };
    });
  },
};

/** PGlite reads its WebAssembly from the folder that it is installed in. */
const besideItsData: Plugin = {
  name: "PGlite stays where it is",
  setup({ onResolve }) {
    onResolve({ filter: /^@electric-sql\// }, ({ path, importer }) => {
      const commonJs = createRequire(importer).resolve(path);
      return { external: true, path: pathToFileURL(commonJs.replace(/\.cjs$/, ".js")).href };
    });
  },
};
