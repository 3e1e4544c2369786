/** Starts the program as a process of its own. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { programArgs } from "@shirts/command-line";

export const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

export const environment = { ...process.env, NO_COLOR: "1" };

export function start(...args: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [...programArgs(MAIN), ...args], { env: environment });
}
