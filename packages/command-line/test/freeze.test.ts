import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { programArgs } from "../src/program-args.ts";

const FREEZES = fileURLToPath(new URL("programs/freezes.ts", import.meta.url));

/** Starts the program, and kills it when its child is frozen. Returns the child's number. */
async function killedParent(...args: string[]): Promise<number> {
  const parent = spawn(process.execPath, [...programArgs(FREEZES, { fromSource: true }), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: parent.stdout }), "line");
  const pid = Number(line);
  await expect.poll(() => stateOf(pid)).toBe("T");
  parent.kill("SIGKILL");
  await once(parent, "close");
  return pid;
}

/** "T": stopped. Undefined when it has ended; "Z" is what has ended and nobody has asked about. */
function stateOf(pid: number): string | undefined {
  try {
    const [, state] = /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return state === "Z" ? undefined : state;
  } catch {
    return undefined;
  }
}

test.skipIf(process.platform !== "linux")(
  "a child that is frozen when its parent is killed wakes up, and ends (on Linux)",
  async () => {
    const pid = await killedParent();
    try {
      await expect.poll(() => stateOf(pid), { timeout: 30_000 }).toBeUndefined();
    } finally {
      if (stateOf(pid) === "T") process.kill(pid, "SIGKILL");
    }
  },
);

test.skipIf(process.platform !== "linux")(
  "planted: without it the child stays frozen when its parent is gone (on Linux)",
  async () => {
    const pid = await killedParent("bare");
    try {
      expect(stateOf(pid)).toBe("T");
    } finally {
      process.kill(pid, "SIGKILL");
    }
  },
);
