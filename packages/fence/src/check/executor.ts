/** One executor: a session with a gate, and what it does right now. */
import type { Client } from "../client.ts";
import { Gate, type Pause } from "./session.ts";

/** Something that an executor has begun. */
export interface Move<T> {
  /** Before which statement it sleeps; undefined while it does not. */
  readonly sleepsBefore: string | undefined;
  /** What came of it; undefined as long as it goes on. */
  readonly outcome: Outcome<T> | undefined;
  /** Lets it go on; if it has not come to its pause yet, it will not sleep there. */
  wake(): void;
}

export type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** A statement of a function, and the session before it. */
export interface Statement {
  readonly text: string;
  readonly isInTransaction: boolean;
  readonly isolation: string;
}

export class Executor<Session> {
  readonly session: Session;
  readonly #raw: Session;
  readonly #gate = new Gate();
  readonly #disconnect: () => Promise<unknown>;
  /** PostgreSQL's name for the session. */
  pid = 0;

  constructor(raw: Session, disconnect: () => Promise<unknown>) {
    this.#raw = raw;
    this.#disconnect = disconnect;
    this.session = isClient(raw) ? this.#gate.wrap(raw) : raw;
  }

  /** Asks for the pid, once: a session that waits for a lock cannot be asked any more. */
  async meet(): Promise<void> {
    const [row] = await this.ask<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    this.pid = row?.pid ?? 0;
  }

  /** Asks over the same session, past the gate. */
  async ask<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await (this.#raw as Client).query(text, values)).rows as Row[];
  }

  /** Begins `work`, which will sleep at the pause, if it comes there. */
  begin<T>(work: (session: Session) => Promise<T>, pause?: Pause): Move<T> {
    let sleepsBefore: string | undefined;
    let outcome: Outcome<T> | undefined;
    let isAwake = false;
    let wake: () => void = () => {};
    const sleep = async (text: string) => {
      if (isAwake) return;
      sleepsBefore = text;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    };
    if (pause) this.#holdAt(pause, sleep);
    const settle = (came: Outcome<T>) => {
      this.#gate.open();
      outcome = came;
    };
    work(this.session).then(
      (value) => settle({ value }),
      (error: unknown) => settle({ error }),
    );
    return {
      get sleepsBefore() {
        return sleepsBefore;
      },
      get outcome() {
        return outcome;
      },
      wake() {
        isAwake = true;
        sleepsBefore = undefined;
        wake();
      },
    };
  }

  #holdAt({ before, isInStatement }: Pause, sleep: (text: string) => Promise<void>): void {
    let statement = 0;
    this.#gate.close(
      async (text) => {
        if (isInStatement && statement === before - 1) await this.ask("BEGIN");
        if (!isInStatement && statement === before) await sleep(text);
        statement++;
      },
      async () => {
        if (!isInStatement || statement !== before) return;
        await sleep("COMMIT");
        await this.ask("COMMIT");
        this.#gate.open();
      },
    );
  }

  /** Runs `work`, and answers its statements, each with the state of the session before it; the last is the end. */
  async record(work: (session: Session) => Promise<unknown>): Promise<Statement[]> {
    const statements: Statement[] = [];
    this.#gate.close(async (text) => {
      statements.push({ text, ...(await this.#state()) });
    });
    await work(this.session).finally(() => this.#gate.open());
    return [...statements, { text: "its answer", ...(await this.#state()) }];
  }

  /** Two statements have one transaction's number only in one transaction. */
  async #state(): Promise<Omit<Statement, "text">> {
    const look = () =>
      this.ask<{ id: string; isolation: string }>(
        "SELECT pg_current_xact_id()::text AS id, current_setting('transaction_isolation') AS isolation",
      );
    const [[one], [two]] = [await look(), await look()];
    return { isInTransaction: one?.id === two?.id, isolation: one?.isolation ?? "" };
  }

  /** Its process is gone: nothing is sent any more, and the session ends. */
  async crash(move: Move<unknown>): Promise<void> {
    this.#gate.crash();
    await this.#disconnect();
    move.wake();
  }

  async end(): Promise<void> {
    await this.#disconnect();
  }
}

export function isClient(session: unknown): session is Client {
  return typeof (session as { query?: unknown } | undefined)?.query === "function";
}
