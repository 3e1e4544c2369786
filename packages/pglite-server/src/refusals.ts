/**
 * What the one session of the embedded database cannot do for several clients, and what it would not survive.
 *
 * A statement is judged by its words. What a function or a DO block hides is not seen: nobody else meets it either (see
 * session-state.ts), but it does not last.
 */
import { type Setting, settingsOf } from "./settings.ts";

/** What another client would share. */
const shared = (what: string, instead: string) =>
  `${what} cannot be had here: all clients share the one session of the embedded database. ${instead}, or use a PostgreSQL of your own`;

const functions: Readonly<Record<string, string>> = Object.fromEntries(
  ["pg_advisory_lock", "pg_advisory_lock_shared", "pg_try_advisory_lock", "pg_try_advisory_lock_shared"].map(
    (name) => [
      name,
      shared(
        `a session's advisory lock (${name})`,
        `Take one that a transaction holds (${name.replace("lock", "xact_lock")})`,
      ),
    ],
  ),
);

/** Why a setting cannot have this value here; undefined when it can. */
export function refuseSetting({ name, value }: Setting): string | undefined {
  switch (name) {
    case "client_encoding":
      return /^(utf-?8|unicode|sql_ascii|default)$/i.test(value)
        ? undefined
        : `the embedded database speaks UTF8 only, and cannot translate to "${value}". Set client_encoding to UTF8`;
    case "standard_conforming_strings":
      return /^(on|true|yes|1|default)$/i.test(value)
        ? undefined
        : "standard_conforming_strings stays on here: statements are read before they are run. Write E'…' where a backslash is to escape";
    case "session_authorization":
      return shared("SET SESSION AUTHORIZATION", "SET ROLE is kept apart");
  }
  return undefined;
}

/** Why a statement cannot be run here, for the client; undefined when it can. It is alone when no other comes with it. */
export function refuse(words: readonly string[], isAlone: boolean): string | undefined {
  const [first = "", second = ""] = words;
  const called = words.find((word, at) => Object.hasOwn(functions, word) && words[at + 1] === "(");
  if (called !== undefined) return functions[called];
  if (follows(words, "set_config", "(", "$"))
    return shared("set_config with a parameter for the name", "Write the setting's name in the statement");
  switch (first) {
    case "listen":
      return shared("LISTEN", "Ask again and again instead");
    case "prepare":
      return isAlone || second === "transaction"
        ? undefined
        : shared("PREPARE among other statements", "Send it alone");
    case "declare":
      return follows(words, "with", "hold")
        ? shared("a cursor WITH HOLD", "Read it within its transaction")
        : undefined;
    case "copy":
      return follows(words, "from", "stdin")
        ? "COPY FROM STDIN cannot be done here: the embedded database has no way to receive rows. Use INSERT"
        : undefined;
  }
  for (const setting of settingsOf(words)) {
    const reason = refuseSetting(setting);
    if (reason !== undefined) return reason;
  }
  return makesTemporary(words)
    ? shared("a temporary table", "Make it ON COMMIT DROP within a transaction")
    : undefined;
}

/** A temporary table, view or sequence that lasts longer than its transaction. */
function makesTemporary(words: readonly string[]): boolean {
  if (follows(words, "on", "commit", "drop")) return false;
  const isTemporary = (word: string | undefined) => word === "temp" || word === "temporary";
  if (words[0] === "create") {
    const head = words.slice(1, 5).filter((word) => !/^(or|replace|local|global)$/.test(word));
    return isTemporary(head[0]) || follows(words, "pg_temp", ".");
  }
  // SELECT … INTO TEMP name. "INTO temp" alone is a table of that name.
  return words.some(
    (word, at) =>
      word === "into" &&
      !/^(insert|merge)$/.test(words[at - 1] ?? "") &&
      isTemporary(words[at + 1]) &&
      /^(?!(?:from|where|group|having|window|order|limit|offset|fetch|for|union|except|intersect)$)\w/.test(
        words[at + 2] ?? "",
      ),
  );
}

function follows(words: readonly string[], ...wanted: readonly string[]): boolean {
  return words.some((_, at) => wanted.every((word, i) => words[at + i] === word));
}
