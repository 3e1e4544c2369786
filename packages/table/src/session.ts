/**
 * What each connection asks the server, and what it sets for itself, before its first statement.
 *
 * A server, a database, a role, PGOPTIONS and DATABASE_URL may each give a session settings that are not PostgreSQL's own. The
 * table's promise rests on some of them. What a session sets for itself is stronger than all of these, so it sets them, and what
 * cannot be set it refuses.
 */
import type pg from "pg";
import { UnfitServer } from "./errors.ts";
import { clientTimeout, type Timeouts } from "./retry.ts";

/** The first version with all settings below: idle_session_timeout came with it. The tests are run on 15 and newer. */
const OLDEST = 14;

/** Compared here and not there: under somebody's search_path even "=" may be another one. */
const whoAreYou = `
  SELECT pg_catalog.current_setting('server_version_num') AS "versionNumber",
    pg_catalog.pg_backend_pid() AS pid,
    pg_catalog.pg_is_in_recovery() AS "isStandby",
    pg_catalog.current_setting('default_transaction_read_only') AS "readOnly",
    pg_catalog.current_setting('synchronous_commit') AS durability`;

interface Server {
  readonly versionNumber: string;
  readonly pid: number;
  readonly isStandby: boolean;
  readonly readOnly: string;
  readonly durability: string;
}

/** Makes a new connection fit for the table. Throws UnfitServer, or what the driver throws. */
export async function greet(client: pg.ClientBase, timeouts: Required<Timeouts>): Promise<void> {
  // Not the pool's own time, which is that of prepare.
  const ask = <Row extends pg.QueryResultRow>(text: string) => {
    const query = { text, query_timeout: clientTimeout(timeouts.askMs) };
    return client.query<Row>(query);
  };
  const [server] = (await ask<Server>(whoAreYou)).rows;
  if (server === undefined) throw new UnfitServer("0A000", "it does not say which version it is");
  // What the server said when the connection was made. The driver's types do not know it.
  judge(server, (client as unknown as { processID: number }).processID);
  const text = Object.entries(settings(server, timeouts))
    .map(([name, value]) => `SET ${name} = ${value}`)
    .join("; ");
  await ask(text);
}

/** `processId` is the one that whoever answered gave for the session. Throws UnfitServer. */
function judge({ versionNumber, pid, isStandby, readOnly }: Server, processId: number): void {
  const major = majorOf(versionNumber);
  if (major < OLDEST)
    throw new UnfitServer(
      "0A000",
      `it is PostgreSQL ${major}, and the table needs ${OLDEST} or newer. Without DATABASE_URL, \`pnpm world\` serves a table of its own`,
    );
  if (pid !== processId)
    throw new UnfitServer(
      "0A000",
      "a pooler (such as PgBouncer) stands before it, and what a session sets for itself may be lost there. Name the server itself in DATABASE_URL",
    );
  // With this code it is asked again: a standby may be about to take its primary's place.
  if (isStandby)
    throw new UnfitServer(
      "57P03",
      "it is a standby, which can only be read. Name the primary in DATABASE_URL, or promote this one",
    );
  if (readOnly === "on")
    throw new UnfitServer(
      "25006",
      "it may only be read: default_transaction_read_only is on, for the server, the database or the user, or in DATABASE_URL or PGOPTIONS. Set it off, or take another user",
    );
}

function majorOf(versionNumber: string): number {
  return Math.floor(Number(versionNumber) / 10_000);
}

/** What the session sets, and why. */
function settings(
  { versionNumber, durability }: Server,
  { askMs, lockMs }: Required<Timeouts>,
): Record<string, string> {
  return {
    // The fence's second look at its row, and prepare's look behind its lock, need a snapshot for each statement.
    default_transaction_isolation: "'read committed'",
    // Our names are qualified, but =, count and text are not: a schema before PostgreSQL's own could bring its own.
    search_path: "pg_catalog",
    // An accepted command is true from now on, also when the server crashes. Remote_apply promises more, so it may stay.
    ...(!["on", "remote_apply"].includes(durability) && { synchronous_commit: "on" }),
    statement_timeout: `${Math.round(askMs)}`,
    lock_timeout: `${Math.round(lockMs)}`,
    idle_in_transaction_session_timeout: `${Math.round(askMs)}`,
    // The pool ends connections that rest for long, and prepare takes minutes.
    idle_session_timeout: "0",
    ...(majorOf(versionNumber) >= 17 && { transaction_timeout: "0" }),
  };
}
