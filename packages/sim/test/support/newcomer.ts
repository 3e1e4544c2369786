/** As a newcomer does it: a worker from the template, outside of this repository, with a change in it, judged in the terminal. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { programArgs } from "@shirts/command-line";

/** What is put in the place of what is there once. */
export type Change = readonly [there: string, put: string];

const at = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

export const TEMPLATE = readFileSync(at("template/worker.ts"), "utf8");

/** The template with these changes. Throws when something is not there exactly once. */
export function changed(changes: readonly Change[]): string {
  return changes.reduce((text, [there, put]) => {
    if (text.split(there).length !== 2) throw new Error(`the template does not have this once: ${there}`);
    return text.replace(there, () => put);
  }, TEMPLATE);
}

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder that no package.json makes a part of anything. */
export class Elsewhere {
  readonly folder = mkdtempSync(join(tmpdir(), "newcomer-"));

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  /** Runs a program of sim, "main.ts" or another one, with this folder as the reader's. */
  run(program: string, ...args: string[]): Promise<Said> {
    const env = { ...process.env, INIT_CWD: this.folder, FORCE_COLOR: "0" };
    return new Promise((resolve) => {
      execFile(process.execPath, [...programArgs(at(program)), ...args], { env }, (error, out, err) => {
        resolve({ code: error ? Number(error.code) : 0, out, err });
      });
    });
  }

  /** `pnpm sim --worker worker.ts`, with this text as worker.ts. */
  judge(text: string, ...more: string[]): Promise<Said> {
    this.write("worker.ts", text);
    return this.run("main.ts", "--worker", "worker.ts", ...more);
  }
}
