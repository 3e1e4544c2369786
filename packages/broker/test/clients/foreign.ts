/**
 * Clients in other languages: programs that play the session and print what happens. Each is played where its Debian package
 * is installed, and skipped by name elsewhere.
 */
import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Session } from "./session.ts";

/** A session, or why it cannot be played on this machine. */
export type Foreign = Session | string;

const run = promisify(execFile);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

function succeeds(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: "ignore" });
    return true;
  } catch {
    // Not here, or without the library.
    return false;
  }
}

/** Debian's library is found by Debian's python only; another one may be the first on the PATH. */
const python = ["python3", "/usr/bin/python3"].find((program) => succeeds(program, "-c", "import pika"));

export const pika: Foreign =
  python === undefined
    ? "no pika here (Debian: python3-pika)"
    : async (url, queue) => lines(await run(python, [here("with_pika.py"), url, queue]));

/** Where Debian has the sources of Go's libraries. */
const GO_PATH = "/usr/share/gocode";
const hasGo = existsSync(`${GO_PATH}/src/github.com/rabbitmq/amqp091-go`) && succeeds("go", "version");

const playGo: Session = async (url, queue) => {
  // Its cache stays in the clone: a machine may have a home folder that cannot be written.
  const env = { ...process.env, GO111MODULE: "off", GOFLAGS: "", GOPATH: GO_PATH, GOCACHE: goCache };
  return lines(await run("go", ["run", here("amqp091-go/main.go"), url, queue], { env }));
};

function goOrWhyNot(): Foreign {
  // Go compiles its client first, which takes a minute of a core.
  if (process.env.SHORT_TESTS === "1") return "amqp091-go plays the session (in CI)";
  return hasGo ? playGo : "no amqp091-go here (Debian: golang-go, golang-github-rabbitmq-amqp091-go-dev)";
}

export const amqp091Go: Foreign = goOrWhyNot();

const goCache = here("../../../../node_modules/.cache/go");

function lines({ stdout }: { stdout: string }): string[] {
  return stdout.trimEnd().split("\n");
}
