/**
 * Runs the commands that the documents show and keeps what they print.
 *
 * Invariants:
 * 1. A result is kept under a hash of the command, of every file that can change its output, and of the packages that are linked,
 *    so an old result is never taken for a new one. `fresh` runs it again all the same.
 * 2. At most two commands run at once: a small machine has two cores, and programs under load print in another order.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { programArgs } from "@shirts/command-line";
import { readCommand, type ScriptCall } from "./commands.ts";
import { foldersBehind } from "./packages.ts";
import { filesUnder, linesOf } from "./tree.ts";

export interface Run {
  readonly exitCode: number;
  /** stdout and stderr as they came, without colours and trailing spaces. */
  readonly output: readonly string[];
}

const atOnce = 2;
const limitMs = 120_000;

/** Runs each command once, two at a time. A string in place of a run says why there is none. */
export async function runAll(
  root: string,
  commands: Iterable<string>,
  { fresh = false }: { fresh?: boolean } = {},
): Promise<Map<string, Run | string>> {
  const waiting = [...new Set(commands)];
  const results = new Map<string, Run | string>();
  const runOneByOne = async (): Promise<void> => {
    for (let command = waiting.shift(); command !== undefined; command = waiting.shift()) {
      results.set(command, await runKept(root, command, fresh));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, runOneByOne));
  return results;
}

async function runKept(root: string, command: string, fresh: boolean): Promise<Run | string> {
  const call = readCommand(root, command);
  if (typeof call === "string") return call;
  const folder = join(root, "node_modules/.cache/docs");
  const path = join(folder, `${fingerprint(root, command, call)}.json`);
  if (!fresh && existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as Run;
  const run = await execute(root, command, call);
  if (typeof run !== "string") {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, JSON.stringify(run));
  }
  return run;
}

function fingerprint(root: string, command: string, call: ScriptCall | undefined): string {
  const folders = call && call.package.folder !== "" ? foldersBehind(root, call.package) : ["packages"];
  const hash = createHash("sha256").update(command).update(process.version);
  const files = folders
    .flatMap((folder) => filesUnder(root, folder))
    .filter((path) => !/\.md$|\/test\//.test(path));
  for (const path of [...files, "package.json", "pnpm-lock.yaml"]) {
    if (existsSync(join(root, path))) hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  }
  // A package that is not linked yet fails, and must not do so for ever.
  for (const folder of folders) hash.update(`\0${linked(join(root, folder)).join()}`);
  return hash.digest("hex").slice(0, 32);
}

/** The packages of this repository that an installation has linked into this one. */
function linked(folder: string): string[] {
  const links = join(folder, "node_modules/@shirts");
  return existsSync(links) ? readdirSync(links) : [];
}

/**
 * Where the gate has built the programs (BUILT_PROGRAMS), a script of `folder` starts what was built. Not the mutants: they are
 * written as sources, and share the sources' modules.
 */
function built(folder: string, script: string, args: string): string {
  if (!process.env.BUILT_PROGRAMS || args.includes("--mutants")) return script;
  return script.replace(/^(?:node --import )?tsx (\S+\.ts)/, (_, file: string) =>
    ["node", ...programArgs(join(folder, file))].map((word) => `'${word}'`).join(" "),
  );
}

/**
 * Runs a script as pnpm does, in the package's folder with its `node_modules/.bin` on the PATH, but without pnpm: a
 * fresh machine may have none on its PATH, and starting it costs more than most of the programs.
 */
function execute(root: string, command: string, call: ScriptCall | undefined): Promise<Run | string> {
  const folder = join(root, call?.package.folder ?? "");
  const start = call && built(folder, call.package.scripts[call.script] ?? "", call.args);
  const script = call ? `${call.environment} ${start} ${call.args}` : command;
  const path = [join(folder, "node_modules/.bin"), join(root, "node_modules/.bin"), process.env.PATH].join(
    delimiter,
  );
  const { FORCE_COLOR: _, DATABASE_URL: _d, ...environment } = process.env;
  const child = spawn(`{ ${script.trim()} ; } 2>&1`, {
    cwd: folder,
    shell: true,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
    // Never a broker that happens to listen on this machine: the documents show the embedded one.
    // Files that a command names are named from the root, as by a reader there.
    env: {
      ...environment,
      PATH: path,
      INIT_CWD: root,
      AMQP_URL: "embedded",
      NO_COLOR: "1",
      COLUMNS: "100",
    },
  });
  return new Promise((resolve) => {
    let text = "";
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      // The whole group: the shell's children hold the pipe open.
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    }, limitMs);
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    child.on("error", (error) => resolve(`it does not start: ${error.message}`));
    child.on("close", (code) => {
      clearTimeout(timer);
      if (late) resolve(`it was still running after ${limitMs / 1000} s: give it an end`);
      else resolve({ exitCode: code ?? 1, output: tidied(text) });
    });
  });
}

function tidied(text: string): string[] {
  const lines = linesOf(stripVTControlCharacters(text).replaceAll("\r\n", "\n")).map((line) =>
    line.trimEnd(),
  );
  while (lines.at(-1) === "") lines.pop();
  return lines;
}
