/** `pnpm new-worker v5`: a folder with a worker to start from. */
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { fromHere, program, shortly, UsageError } from "@shirts/command-line";

const USAGE = `Writes a worker to start from, in a folder of its own. It asks nothing and overwrites nothing.

  pnpm new-worker NAME     NAME/worker.ts, NAME/laws.ts and, for your editor, NAME/tsconfig.json, in this folder

  --help       this text`;

const TEMPLATE = new URL("../../template/", import.meta.url);
const ROOT = fileURLToPath(new URL("../../../../../", import.meta.url)).replace(/[\\/]$/, "");
const PACKAGES = fileURLToPath(new URL("../../../../", import.meta.url));

await program({
  name: "new-worker",
  usage: USAGE,
  positionals: "words",
  main(_, [name, ...more]) {
    if (name === undefined || more.length > 0)
      throw new UsageError("How shall it be called? For example: pnpm new-worker v5");
    if (!/^[a-z][\w-]*$/i.test(name))
      throw new UsageError(
        `"${name}" is no name for a worker: take letters, digits and "-". For example: v5`,
      );
    const folder = fromHere(name);
    if (existsSync(folder)) throw new UsageError(`${shortly(folder)} is already there. Nothing was changed.`);
    mkdirSync(folder);
    for (const file of ["worker.ts", "laws.ts"]) copyFileSync(new URL(file, TEMPLATE), join(folder, file));
    writeFileSync(join(folder, "tsconfig.json"), `${JSON.stringify(tsconfig(folder), null, 2)}\n`);
    process.stdout.write(whatNext(shortly(join(folder, "worker.ts")), shortly(join(folder, "laws.ts"))));
  },
});

/** With it an editor finds the types, wherever the folder is. */
function tsconfig(folder: string): object {
  const near = (path: string): string => {
    const way = relative(folder, join(PACKAGES, path)).replaceAll("\\", "/");
    return way.startsWith("../../../..") ? join(PACKAGES, path) : way;
  };
  const paths = Object.fromEntries(
    ["chan", "story", "sim"].map((name) => [`@shirts/${name}`, [near(`${name}/src/index.ts`)]]),
  );
  // As a bundler resolves: else TypeScript takes a folder without a package.json for CommonJS.
  const modules = {
    module: "esnext",
    moduleResolution: "bundler",
    typeRoots: [near("../node_modules/@types")],
  };
  return {
    extends: near("../tsconfig.base.json"),
    compilerOptions: { ...modules, paths },
    include: ["*.ts"],
  };
}

function whatNext(worker: string, laws: string): string {
  const isOutside = relative(ROOT, fromHere(".")).startsWith("..");
  const [pnpm, npm] = isOutside ? [`pnpm -C ${ROOT}`, `npm --prefix ${ROOT}`] : ["pnpm", "npm"];
  return `${worker} is a worker that keeps all laws. Now:
  1. judge it:             ${pnpm} sim --worker ${worker}
  2. break it on purpose:  take the line with isOld(command) out of work(), and judge it again
  3. make it yours:        docs/your-worker.md says what each tool does; ${laws} is for laws of your own
  4. on real servers:      ${pnpm} storm --worker ${worker}, and ${npm} start -- --worker ${worker}
`;
}
