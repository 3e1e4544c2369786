/**
 * A client's messages, judged before the database sees them: what is refused, and what they may leave in the session. Pure.
 *
 * A refused statement goes to the database as one that fails. So the database does what follows of a failure itself (it ignores
 * the rest of the batch, and a transaction is aborted), and only the words of the failure are ours.
 */
import { refuse } from "./refusals.ts";
import { settingsOf } from "./settings.ts";
import { statementsOf } from "./sql-words.ts";
import { type Messages, parse, query } from "./wire.ts";

export interface Batch {
  readonly bytes: Uint8Array;
  /** More of the same batch will come. */
  readonly open: boolean;
  /** Why a statement of it was refused. */
  readonly refusal: string | undefined;
  /** What it may leave in the session. */
  readonly traces: Traces;
}

export interface Traces {
  /** The session may have other settings or named statements afterwards. */
  readonly touches: boolean;
  /** What it sets, as far as its words say. */
  readonly names: readonly string[];
  /** The unnamed statement that waits to be bound by a later batch: its Parse, null for none, undefined for the one there was. */
  readonly unnamed: Uint8Array | null | undefined;
}

/** No SQL: it fails, and the failure names this word. */
export const REFUSED = "refused_before_it_ran";

/** Makes the session's next batch fail, whatever it was. */
export const failing: Uint8Array = parse("", REFUSED);

/** Without any of these words nothing is refused or noted: a long INSERT need not be read word by word. */
const WATCHED =
  /listen|prepare|declare|copy|create|into|set|discard|deallocate|do|call|pg_(?:try_)?advisory_lock/i;

/** Statements that change settings or named statements, or that run code which may. */
const TOUCHING = /^(set|reset|discard|prepare|deallocate|do|call)$/;

export function readBatch({ pieces, open }: Messages): Batch {
  const sent: Uint8Array[] = [];
  let refusal: string | undefined;
  let touches = false;
  let unnamed: Uint8Array | null | undefined;
  const names: string[] = [];
  for (const piece of pieces) {
    const type = String.fromCharCode(piece[0] ?? 0);
    if (type === "Q" || type === "P") {
      const [name = "", text = ""] = piece.toString("utf8", 5).split("\0");
      const sql = type === "Q" ? name : text;
      const statements = WATCHED.test(sql) ? statementsOf(sql) : [];
      const reason = statements
        .map((words) => refuse(words, statements.length === 1))
        .find((found) => found !== undefined);
      for (const words of statements) {
        touches ||= touchesSession(words);
        names.push(...settingsOf(words).map((setting) => setting.name));
      }
      refusal ??= reason;
      sent.push(reason === undefined ? piece : type === "Q" ? query(REFUSED) : failing);
      if (type === "Q" || name === "") unnamed = type === "P" && reason === undefined ? piece : null;
      else touches = true;
    } else sent.push(piece);
    if (type === "B" && unnamed && bindsUnnamed(piece)) unnamed = null;
    touches ||= type === "C";
  }
  return { bytes: new Uint8Array(Buffer.concat(sent)), open, refusal, traces: { touches, names, unnamed } };
}

/** A Bind names its portal, then its statement; a zero byte ends each name. */
function bindsUnnamed(bind: Buffer): boolean {
  return bind[bind.indexOf(0, 5) + 1] === 0;
}

function touchesSession(words: readonly string[]): boolean {
  const [first = "", second] = words;
  return (TOUCHING.test(first) && second !== "local") || words.includes("set_config");
}
