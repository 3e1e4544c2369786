/** What an error says, in one line for people. An error may be anything: JavaScript throws what it likes. */
import { inspect } from "node:util";

export function errorLine(error: unknown): string {
  return (portLine(error) ?? textOf(error)).replace(/\s*\n\s*/g, " ").trim();
}

function textOf(error: unknown): string {
  if (typeof error === "string") return error;
  if (!(error instanceof Error)) return inspect(error, { breakLength: Number.POSITIVE_INFINITY });
  // Node says so of a host with several addresses, none of which answers.
  if (error instanceof AggregateError && error.message === "") return error.errors.map(textOf).join("; ");
  return error.message || error.name;
}

/** For each program that listens: its port belongs to another program, or to another user. */
function portLine(error: unknown): string | undefined {
  const { code, syscall, port } = (error ?? {}) as { code?: unknown; syscall?: unknown; port?: unknown };
  if (syscall !== "listen") return undefined;
  if (code === "EADDRINUSE")
    return `another program listens on port ${port}. Take another one with --port, or 0 for any that is free.`;
  if (code === "EACCES") return `this user may not listen on port ${port}. Take one above 1023 with --port.`;
  return undefined;
}
