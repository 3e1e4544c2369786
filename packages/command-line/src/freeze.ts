/** Freezing a child process, so that it does not stay frozen for ever when its parent is gone. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Writable } from "node:stream";

/** Reads process numbers until its parent is gone, however it went, and then wakes these processes. */
const KEEPER = `
let text = "";
process.stdin.setEncoding("utf8").on("data", (part) => { text += part; }).on("end", () => {
  for (const pid of text.split("\\n").map(Number)) {
    try { if (pid > 0) process.kill(pid, "SIGCONT"); } catch { /* gone already */ }
  }
});`;

let keeper: Writable | undefined;

/** Never keeps this process alive. In a session of its own, where no Ctrl-C of the terminal reaches it. */
function startKeeper(): Writable {
  const child = spawn(process.execPath, ["-e", KEEPER], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  child.on("error", () => {});
  child.stdin.on("error", () => {});
  child.unref();
  (child.stdin as Writable & { unref(): void }).unref();
  return child.stdin;
}

/**
 * Freezes a child of this process: SIGSTOP. Does not block. A child that ends when its parent is gone cannot know that while it is
 * frozen; a process beside it, which is started with the first call, wakes it then.
 */
export function freeze(child: ChildProcess): void {
  if (child.pid === undefined) return;
  keeper ??= startKeeper();
  keeper.write(`${child.pid}\n`);
  child.kill("SIGSTOP");
}
