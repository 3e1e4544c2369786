import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// One file for both ways in: `vitest run` at the top tests every package as a project named like its package
// (`--project @shirts/chan`), and `pnpm --filter chan test` runs in the package's folder, finds this file above it
// and tests that package alone. The options are the same either way.

const root = fileURLToPath(new URL(".", import.meta.url));
const packages = join(root, "packages");

/** Folders of packages that have tests; a package without any is not a project. */
const tested = readdirSync(packages).filter((folder) => existsSync(join(packages, folder, "test")));

function nameOf(folder: string): string {
  return JSON.parse(readFileSync(join(packages, folder, "package.json"), "utf8")).name;
}

/** What a package starts once for a run of its tests, if anything. */
function setupOf(folder: string): { globalSetup?: string } {
  const file = join(packages, folder, "test/global-setup.ts");
  return existsSync(file) ? { globalSetup: file } : {};
}

/**
 * In a short run (SHORT_TESTS=1, as `npm test` sets it) the test files of all packages share a few processes and the modules that
 * they import: to start and to fill one for each file took a third of its time. In CI each file has its own. These two have
 * support files with an `afterEach` or `afterAll` of their own, which a shared module would say once, for the first file.
 */
const isolated: ReadonlySet<string> = new Set(["demo", "theatre"]);
const isShort = process.env.SHORT_TESTS === "1";

/** They wait for processes most of the time, or take long. Begun last, they would run alone at the end. */
const slowest = /packages\/(?:demo|your-queue|cluster\/test\/convergence|learn\/test\/answers)\b/;

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification) => Number(slowest.test(moduleId));
    return (await super.sort(files)).sort((a, b) => isSlow(b) - isSlow(a));
  }
}

function project(folder: string): TestProjectInlineConfiguration {
  return {
    extends: true,
    root: join(packages, folder),
    test: { name: nameOf(folder), ...setupOf(folder) },
  };
}

/** All other packages as one project, so that what they share is translated and imported once in a process. */
function together(): TestProjectInlineConfiguration {
  const include = tested
    .filter((folder) => !isolated.has(folder))
    .map((folder) => `${folder}/test/**/*.test.ts`);
  return {
    extends: true,
    root: packages,
    test: { name: "packages", isolate: false, include, exclude: ["**/node_modules/**", "**/.cache/**"] },
  };
}

const projects =
  isShort && !process.argv.some((word) => word.startsWith("--project"))
    ? [...tested.filter((folder) => isolated.has(folder)).map(project), together()]
    : tested.map(project);

const isInPackage =
  tested.includes(basename(process.cwd())) && join(packages, basename(process.cwd())) === process.cwd();

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Two cores are what a small machine and CI have. More workers than cores only make real servers look slow; in a short
    // run there are none, and what waits for a process leaves a core to others.
    maxWorkers: isShort ? 3 : 2,
    ...(isShort && { sequence: { sequencer: SlowestFirst } }),
    execArgv: (process.env.NODE_FLAGS ?? "").split(" ").filter((flag) => flag !== ""),
    // For tests that start processes or servers on a busy machine. A test that needs this long has hung.
    testTimeout: 60_000,
    hookTimeout: 90_000,
    // The same for what is asked again and again until it is so: its own second is short when the machine is busy.
    expect: { poll: { timeout: 20_000 } },
    ...(isInPackage ? setupOf(basename(process.cwd())) : { projects }),
  },
});
