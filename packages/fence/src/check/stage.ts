/** Where a check plays: it opens executors, waits for what they do, and finds the places where they can be held. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Executor, isClient, type Move, type Outcome, type Statement } from "./executor.ts";
import type { Pause } from "./session.ts";
import type { Answer, FencedTable, Write } from "./table.ts";

/**
 * How orders of events come about. "locks": sessions are held at a statement, and PostgreSQL says who waits for whom. "one
 * session": so does PGlite, but only between transactions, since it has one at a time. "repetition": by luck, many times.
 */
export type How = "locks" | "one session" | "repetition";

/** A place where a function can be held. */
export interface Place extends Pick<Statement, "isInTransaction" | "isolation"> {
  readonly pause: Pause;
  /** For the report. */
  readonly text: string;
}

/** The table does not answer as the judge needs it. The message says which function. */
export class CheckError extends Error {}

const WAIT_MS = 10_000;
export const OLDER = "older";
export const NEWER = "newer";

export class Stage<Session, Token> {
  readonly table: FencedTable<Session, Token>;
  readonly how: How;
  /** How often an order is played that cannot be forced. */
  readonly rounds: number;
  readonly #observer: Executor<Session>;
  readonly #open: Executor<Session>[] = [];
  readonly #places = new Map<string, Promise<Place[]>>();

  private constructor(
    table: FencedTable<Session, Token>,
    how: How,
    rounds: number,
    observer: Executor<Session>,
  ) {
    this.table = table;
    this.how = how;
    this.rounds = rounds;
    this.#observer = observer;
  }

  static async for<Session, Token>(
    table: FencedTable<Session, Token>,
    rounds: number,
  ): Promise<Stage<Session, Token>> {
    const [one, two] = [await openOn(table), await openOn(table)];
    const how = !isClient(one.session) ? "repetition" : one.pid === two.pid ? "one session" : "locks";
    await two.end();
    return new Stage(table, how, rounds, one);
  }

  async open(): Promise<Executor<Session>> {
    const executor = await openOn(this.table);
    this.#open.push(executor);
    return executor;
  }

  /** Ends the executors of a play. */
  async clear(): Promise<void> {
    for (const executor of this.#open.splice(0)) await executor.end();
  }

  /** After a function that threw: nothing of its play is left, not even a transaction. */
  async recover(): Promise<void> {
    await this.clear();
    // A session that is lost is told by the checks that follow.
    if (isClient(this.#observer.session)) await this.#observer.ask("ROLLBACK").catch(() => {});
  }

  async close(): Promise<void> {
    await this.clear();
    await this.#observer.end();
  }

  fresh(): Promise<string> {
    return this.table.fresh?.(this.#observer.session) ?? Promise.resolve(`key-${randomUUID().slice(0, 8)}`);
  }

  accept(key: string): Promise<Token> {
    return this.table.accept(this.#observer.session, key);
  }

  write(write: Write<Token>): Promise<Answer> {
    return answerOf(this.table.write(this.#observer.session, write));
  }

  /** The same write once more. One that rejects is told that something is wrong, and does not complete: it counts as told. */
  repeat(write: Write<Token>): Promise<Answer> {
    const told = (): Answer => "again";
    return answerOf(this.table.write(this.#observer.session, write).catch(told));
  }

  read(key: string): Promise<string | undefined> {
    return this.table.read(this.#observer.session, key);
  }

  /** On a session of the judge's own, which holds nothing. */
  with<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return work(this.#observer.session);
  }

  /** Resolves when the move sleeps, is over, or waits for another session: true for this. */
  async rests(executor: Executor<Session>, move: Move<unknown>): Promise<boolean> {
    let waits = false;
    await this.#until(async () => {
      if (move.outcome || move.sleepsBefore !== undefined) return true;
      if (this.how === "locks") waits = await this.#isBlocked(executor);
      return waits;
    });
    return waits;
  }

  /** Resolves when the move is over, with what came of it. */
  async over<T>(move: Move<T>): Promise<Outcome<T>> {
    await this.#until(async () => move.outcome !== undefined);
    return move.outcome as Outcome<T>;
  }

  /** The same, and rejects with what it rejected with. */
  async ends<T>(move: Move<T>): Promise<T> {
    const outcome = await this.over(move);
    if ("error" in outcome) throw outcome.error;
    return outcome.value;
  }

  /** Resolves when the server has ended the session of a process that is gone. */
  async gone({ pid }: Executor<Session>): Promise<void> {
    if (this.how !== "locks") return;
    const alive = "SELECT FROM pg_stat_activity WHERE pid = $1::int";
    await this.#until(async () => (await this.#observer.ask(alive, [pid])).length === 0);
  }

  async #isBlocked(executor: Executor<Session>): Promise<boolean> {
    const [row] = await this.#observer.ask<{ blocked: boolean }>(
      "SELECT cardinality(pg_blocking_pids($1::int)) > 0 AS blocked",
      [executor.pid],
    );
    return row?.blocked ?? false;
  }

  async #until(isSo: () => Promise<boolean>): Promise<void> {
    const end = performance.now() + WAIT_MS;
    while (!(await isSo())) {
      if (performance.now() > end)
        throw new CheckError("a function of yours neither ends nor waits for a lock of PostgreSQL");
      await sleep(2);
    }
  }

  /** The places in `write`, found in a play that nobody disturbs. */
  placesInWrite(): Promise<Place[]> {
    return this.#remember("write", async (executor) => {
      const key = await this.fresh();
      const token = await this.accept(key);
      return executor.record((session) => this.table.write(session, { key, token, value: OLDER, part: 0 }));
    });
  }

  /** The places in `accept`, of a key that is known. */
  placesInAccept(): Promise<Place[]> {
    return this.#remember("accept", async (executor) => {
      const key = await this.fresh();
      await this.accept(key);
      return executor.record((session) => this.table.accept(session, key));
    });
  }

  #remember(name: string, record: (executor: Executor<Session>) => Promise<Statement[]>): Promise<Place[]> {
    const places =
      this.#places.get(name) ??
      this.open()
        .then(record)
        .then((it) => placesOf(name, it));
    this.#places.set(name, places);
    return places;
  }
}

async function openOn<Session, Token>(table: FencedTable<Session, Token>): Promise<Executor<Session>> {
  const session = await table.connect();
  const executor = new Executor(session, async () => table.disconnect?.(session));
  if (isClient(session)) await executor.meet();
  return executor;
}

/** Between two statements; and before the commit of one that is a transaction by itself. */
function placesOf(name: string, statements: Statement[]): Place[] {
  // Else nothing would be held, and all would seem right.
  if (statements.length === 1)
    throw new CheckError(
      `your ${name} sends nothing over the session that it is given, so it cannot be held`,
    );
  return statements.flatMap((next, before) => {
    const last = statements[before - 1];
    if (last === undefined) return [];
    const isEnd = before === statements.length - 1;
    const places: Place[] = isEnd
      ? []
      : [{ ...next, pause: { before }, text: `after "${last.text}", before "${next.text}"` }];
    if (!last.isInTransaction && !next.isInTransaction)
      places.push({
        pause: { before, isInStatement: true },
        isInTransaction: true,
        isolation: last.isolation,
        text: `in "${last.text}", before its commit`,
      });
    return places;
  });
}

/** What an error says, in one line. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.trim().split("\n")[0] ?? "";
}

/** A write that rejects has not written. Throws CheckError for another answer than the three. */
export async function answerOf(write: Promise<Answer>): Promise<Answer> {
  const answer: unknown = await write.catch(() => "refused");
  if (answer === "written" || answer === "again" || answer === "refused") return answer;
  throw new CheckError(`write answers "written", "again" or "refused", and yours answered ${String(answer)}`);
}
