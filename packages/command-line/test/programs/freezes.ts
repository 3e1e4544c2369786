// Starts a child that ends when its standard input closes, freezes it, and says its number. With "bare" nobody wakes it.
import { spawn } from "node:child_process";
import { freeze } from "@shirts/command-line";

const child = spawn(process.execPath, ["-e", "process.stdin.resume().on('end', () => process.exit())"], {
  stdio: ["pipe", "ignore", "ignore"],
});
child.once("spawn", () => {
  if (process.argv[2] === "bare") child.kill("SIGSTOP");
  else freeze(child);
  console.log(child.pid);
});
