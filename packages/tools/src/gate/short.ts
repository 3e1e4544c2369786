// What `npm test` by itself does less of. It is for a person who waits: each law is still shown, and CI shows it more often, on
// real servers, with each test file and each program in the state in which people start them.

import { spawnSync } from "node:child_process";
import type { Choice } from "./choice.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of the tests in a short run. */
const SHORT: Readonly<Record<string, string>> = {
  /** A law that many cases show is shown by some of them; what is left to CI is skipped by name ("in CI"). */
  SHORT_TESTS: "1",
  /** RabbitMQ, PostgreSQL and Redis of a test's own. */
  SHIRTS_SERVERS: "none",
  CHAN_PROGRAMS: "1000",
  FUZZ_MUTANTS: "1000",
};

/** The gate in CI, and on real servers, takes no short cut. */
export function isFull({ CI, REQUIRE_SERVICES }: Environment): boolean {
  return Boolean(CI) || REQUIRE_SERVICES === "1";
}

/** What to add to the environment; nothing in CI, nor for somebody who names packages and wants all of their tests. */
export function shortRun(env: Environment, { isWhole }: Choice): Record<string, string> {
  if (isFull(env) || !isWhole) return {};
  return Object.fromEntries(Object.entries(SHORT).filter(([name]) => env[name] === undefined));
}

/**
 * PGlite is WebAssembly, which V8 compiles twice: fast, and then well, on another core. What a test starts has ended before the
 * second compiler has paid, which takes a third of the time of a short play. Empty where Node does not know the flag.
 */
export function nodeFlags(): string {
  const flag = "--liftoff-only";
  return spawnSync(process.execPath, [flag, "--eval", "0"]).status === 0 ? flag : "";
}
