/** The judge: it plays the ways in which a fence fails on a table of the reader's own. */
import { isBounded } from "./bounded.ts";
import { absent, beginsAnew, compares, comparesNoClock, NOT_EVEN_THE_NEWEST } from "./in-sequence.ts";
import { asksAndWritesAtOnce, holds, trustsNoLevel } from "./orders.ts";
import { CheckError, firstLine, Stage } from "./stage.ts";
import type { FencedTable } from "./table.ts";
import { survivesCrash, tellsTwo } from "./twice.ts";
import { type Check, type Finding, type Report, unplayed, type Verdict, wrong } from "./verdict.ts";

export { print } from "./report.ts";
export { /** @public */ CheckError, /** @public */ type How } from "./stage.ts";
export type { Answer, FencedTable, Write } from "./table.ts";
export type {
  /** @public */ Finding,
  /** @public */ Mark,
  Report,
  /** @public */ Verdict,
} from "./verdict.ts";

const CHECKS: readonly Check[] = [
  compares,
  asksAndWritesAtOnce,
  holds,
  trustsNoLevel,
  beginsAnew,
  isBounded,
  tellsTwo,
  survivesCrash,
  absent,
  comparesNoClock,
];

/** How the judge plays. */
export interface CheckOptions {
  /** How often it plays what it cannot force; default 200. */
  readonly rounds?: number;
}

/**
 * Plays each way in which a fence fails on this table, and reports the order of events that breaks it. Writes into the table: give
 * it one of tests. A function that throws ends its check, and no other. Rejects with CheckError when a function does not do what
 * `FencedTable` says, and as `connect` does.
 *
 * @example
 * ```ts
 * const db = new PGlite();
 * await db.query("CREATE TABLE pages (key text PRIMARY KEY, body text)");
 * const report = await checkFence({
 *   connect: async () => db,
 *   accept: async (_db, _key) => 1,
 *   async write(db, { key, value }) {
 *     await db.query("INSERT INTO pages VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET body = $2", [key, value]);
 *     return "written";
 *   },
 *   async read(db, key) {
 *     const { rows } = await db.query<{ body: string }>("SELECT body FROM pages WHERE key = $1", [key]);
 *     return rows[0]?.body;
 *   },
 * });
 * report.findings[0]?.order; // => ["an older and then a newer command is accepted", "the newer write lands", 'the older write answers "written"', 'the table shows "older"']
 * ```
 */
export async function checkFence<Session, Token>(
  table: FencedTable<Session, Token>,
  { rounds = 200 }: CheckOptions = {},
): Promise<Report> {
  const stage = await Stage.for(table, rounds);
  const findings: Finding[] = [];
  try {
    for (const check of CHECKS) {
      // A fence that lets nothing through refuses all that is old, too: nothing is learned from it.
      const verdict = letsNothingThrough(findings)
        ? unplayed("not even the newest write lands")
        : await playOne(stage, check);
      findings.push({ name: check.name, fault: check.fault, ...verdict });
    }
  } finally {
    await stage.close();
  }
  return { how: stage.how, isRight: findings.every(({ mark }) => mark !== "✗"), findings };
}

/** A function of the reader's that throws ends its check, and no other. */
async function playOne<Session, Token>(
  stage: Stage<Session, Token>,
  { name, play }: Check,
): Promise<Verdict> {
  try {
    return await play(stage);
  } catch (error) {
    if (error instanceof CheckError) throw error;
    await stage.recover();
    return wrong([`a function of yours throws: ${firstLine(error)}`], `throws in "${name}"`);
  }
}

const letsNothingThrough = (findings: readonly Finding[]) =>
  findings.some(({ fault }) => fault === NOT_EVEN_THE_NEWEST);
