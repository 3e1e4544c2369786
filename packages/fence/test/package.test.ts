/** The package as another program would install it: built, packed, checked, and run by plain Node. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** It builds and packs. */
const inCi = test.skipIf(process.env.SHORT_TESTS === "1");

const here = fileURLToPath(new URL("..", import.meta.url));
const built = `${here}.cache/package/`;

function run(command: string, ...args: string[]): string {
  // In the built package, so that its name means it and not the sources.
  return execFileSync(command, args, { cwd: built, encoding: "utf8", stdio: "pipe" });
}

const bin = (name: string) => `${here}node_modules/.bin/${name}`;

inCi(
  "builds to plain ESM with types, in which publint and attw find nothing, and Node runs it (in CI)",
  {
    timeout: 120_000,
  },
  () => {
    rmSync(built, { recursive: true, force: true });
    mkdirSync(built, { recursive: true });
    run(bin("tsc"), "-p", `${here}tsconfig.build.json`, "--outDir", `${built}dist`);
    const { publishConfig, scripts, devDependencies, ...rest } = JSON.parse(
      readFileSync(`${here}package.json`, "utf8"),
    );
    writeFileSync(`${built}package.json`, JSON.stringify({ ...rest, ...publishConfig }));
    cpSync(`${here}README.md`, `${built}README.md`);

    const file = run("npm", "pack", "--ignore-scripts", "--silent").trim();

    expect(rest.dependencies).toBeUndefined();
    expect(run(bin("publint"), file, "--strict")).toContain("All good!");
    run(bin("attw"), file, "--profile", "esm-only");
    const program = `
    import { fence } from "@shirts/fence";
    import { held } from "@shirts/fence/sql";
    console.log(typeof fence().guard, held("1", "a", "b").trim().split(" ")[0]);`;
    expect(run(process.execPath, "--input-type=module", "--eval", program)).toBe("function SELECT\n");
  },
);
