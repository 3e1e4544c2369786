/** The workflow that publishes the page: it runs on another machine, so what it says is compared here with what is there. */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const read = (file: string) => readFile(join(ROOT, file), "utf8");
const workflow = await read(".github/workflows/theatre.yml");

/** The commands of all steps, one on a line, as this file's workflow has them. */
function commandsOf(yaml: string): string[] {
  return [...yaml.matchAll(/^ +- run: (.+)$/gm)].map(([, command = ""]) => command);
}

/** The text of a job: its lines, which are indented. */
function jobOf(yaml: string, name: string): string {
  return new RegExp(`^ {2}${name}:\\n((?: {4}.*\\n|\\n)+)`, "m").exec(yaml)?.[1] ?? "";
}

/** What would fail on the machine of the workflow, one line each. */
function problemsOf(yaml: string, scripts: Readonly<Record<string, string>>): string[] {
  const problems: string[] = [];
  const need = (isGood: boolean, what: string) => isGood || problems.push(what);
  const commands = commandsOf(yaml);
  for (const command of commands) {
    const [, script = ""] = /^npx -y pnpm@12 ([\w:-]+)/.exec(command) ?? [];
    need(script === "install" || Object.hasOwn(scripts, script), `no such script: ${command}`);
  }
  need(
    commands[0]?.endsWith("install --frozen-lockfile") === true,
    "installs what the lock file does not say",
  );
  const [out] = commands.flatMap((command) => / --out (\S+)$/.exec(command)?.[1] ?? []);
  const [, uploaded] = /upload-pages-artifact@v\d+\n +with:\n +path: (\S+)/.exec(yaml) ?? [];
  need(out !== undefined && out === uploaded, `builds into ${out}, and uploads ${uploaded}`);
  const publish = jobOf(yaml, "publish");
  for (const right of ["pages: write", "id-token: write"])
    need(publish.includes(`      ${right}\n`), `the job that publishes has no "${right}"`);
  need(publish.includes("    needs: build\n"), "publishes without waiting for the build");
  need(publish.includes("      name: github-pages\n"), "publishes into no environment of the pages");
  need(publish.includes("actions/deploy-pages@"), "publishes nothing");
  need(/^permissions:\n {2}contents: read\n/m.test(yaml), "may write where it only reads");
  return problems;
}

const { scripts, engines } = JSON.parse(await read("package.json"));

describe("the workflow of the page", () => {
  test("runs commands that exist, uploads what it builds, and may publish it", () => {
    expect(commandsOf(workflow)).toHaveLength(2);
    expect(problemsOf(workflow, scripts)).toEqual([]);
  });

  test("takes a Node that the packages run on", async () => {
    expect(workflow).toContain("node-version-file: .nvmrc");
    const [, least = ""] = /^>=(\d+)/.exec(engines.node) ?? [];
    expect(Number((await read(".nvmrc")).trim())).toBeGreaterThanOrEqual(Number(least));
  });

  test("its build writes a page whose files are all named from where it stands: it runs below any path", async () => {
    const folder = await mkdtemp(join(tmpdir(), "theatre-workflow-"));
    try {
      // The script's own program: to install the packages again is another's test.
      expect(scripts.theatre).toBe("node --import tsx packages/theatre/src/serve-main.ts");
      const program = [...scripts.theatre.split(" ").slice(1), "build", "--out", folder];
      await promisify(execFile)(process.execPath, program, { cwd: ROOT });
      const html = await readFile(join(folder, "index.html"), "utf8");
      const named = [...html.matchAll(/(?:src|href)="(?!data:)([^"]+)"/g)].map(([, file = ""]) => file);
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((file) => !file.startsWith("./"))).toEqual([]);
      const files = await readdir(folder, { recursive: true });
      expect(named.filter((file) => !files.includes(file.replace("./", "")))).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test.each([
    ["a script that is not there", "pnpm@12 theatre build", "pnpm@12 stage build", /^no such script/],
    ["another folder", "path: packages/theatre/dist", "path: dist", /^builds into .*, and uploads dist$/],
    ["no right to the pages", "      pages: write\n", "", /no "pages: write"/],
    ["no right to a token", "      id-token: write\n", "", /no "id-token: write"/],
    ["no order of the jobs", "    needs: build\n", "", /^publishes without waiting/],
    ["versions as they come", " --frozen-lockfile", "", /^installs what/],
  ])("planted: %s is noticed", (_, find, put, problem) => {
    expect(workflow).toContain(find);
    const problems = problemsOf(workflow.replace(find, put), scripts);
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });
});
