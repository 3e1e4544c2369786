/** The table of people behind its interface: each function asks one statement of sql.ts. */
import {
  type Area,
  type AreaVerdict,
  type Colour,
  type Command,
  type Wardrobe,
  wrongPeople,
} from "@shirts/story";
import type pg from "pg";
import { explainCommand, isLockTimeout, OtherVersion, TableError, WorldGoneError } from "./errors.ts";
import type { Attempt, Judgement, Waiting } from "./outbox.ts";
import * as outbox from "./outbox-sql.ts";
import { type Prepare, prepareTable } from "./prepare.ts";
import { renew, repopulate } from "./repair.ts";
import { clientTimeout, retry, type Timeouts } from "./retry.ts";
import { checkMet, type FencedMet, type Met, stepValues, type VerdictRow } from "./rows.ts";
import { judgeSchema } from "./schema.ts";
import * as sql from "./sql.ts";
import { endStalled } from "./stalled.ts";
import type { Outcome, ServerName, Stroke, Table } from "./table.ts";

export class SqlTable implements Table {
  readonly #pool: pg.Pool;
  readonly #timeouts: Required<Timeouts>;
  readonly #explain: (error: unknown) => TableError;
  #server: ServerName = { product: "", version: "" };
  #closing: Promise<void> | undefined;

  constructor(pool: pg.Pool, timeouts: Required<Timeouts>, explain: (error: unknown) => TableError) {
    this.#pool = pool;
    this.#timeouts = timeouts;
    this.#explain = explain;
  }

  /** Asks the database what it is. One try. */
  async recognize(): Promise<void> {
    const { rows } = await this.ask<{ version: string }>("SELECT version()");
    const text = rows[0]?.version ?? "";
    // PGlite puts its own name behind PostgreSQL's.
    const [, product = "", version = ""] =
      /(PGlite) ([\d.]+)/.exec(text) ?? /^(\S+)(?: .*?([\d.]+))?/.exec(text) ?? [];
    this.#server = { product, version };
  }

  get server(): ServerName {
    return this.#server;
  }

  /** One try. */
  async ask<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>> {
    try {
      return await this.#query<Row>(text, values);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /** For statements that may run twice; with `mayPass`, for others after a failure in which nothing was done. */
  async #retry<Row extends pg.QueryResultRow>(
    text: string,
    values?: unknown[],
    mayPass?: (error: unknown) => boolean,
  ): Promise<pg.QueryResult<Row>> {
    const { retryMs } = this.#timeouts;
    const onLockTimeout = () => endStalled(this.#pool);
    try {
      return await retry(() => this.#query<Row>(text, values), {
        retryMs,
        onLockTimeout,
        ...(mayPass && { mayPass }),
      });
    } catch (error) {
      throw this.#explain(error);
    }
  }

  #query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<pg.QueryResult<Row>> {
    const query = { text, values, query_timeout: clientTimeout(this.#timeouts.askMs) };
    return this.#pool.query<Row>(query);
  }

  async prepare(options: Prepare = {}): Promise<void> {
    try {
      await prepareTable(this.#pool, this.#timeouts.prepareMs, options);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  async repopulate(): Promise<Area[]> {
    try {
      return await repopulate(this.#pool, this.#timeouts.prepareMs);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  async command(area: Area, shirt: Colour, stage = ""): Promise<Command> {
    const values = [area, shirt, stage];
    const { rows } = await this.#retry<{ revision: number; world: string }>(
      sql.command,
      values,
      isLockTimeout,
    ).catch((error) => {
      throw explainCommand(error);
    });
    const [row] = rows;
    if (!row) throw new TableError(`nobody lives in ${area}: this world was prepared without it`);
    return { area, shirt, ...row };
  }

  async accepted({ area, revision, shirt, world }: Command): Promise<boolean> {
    const { rows } = await this.#retry<{ accepted: boolean }>(sql.accepted, [area, revision, shirt, world]);
    return rows[0]?.accepted ?? false;
  }

  async confirm({ area, revision, world }: Command): Promise<void> {
    await this.#retry(outbox.confirm, [area, revision, world]);
  }

  async unconfirmed(stage = ""): Promise<Command[]> {
    const { rows } = await this.#retry<Command>(outbox.unconfirmed, [stage]);
    return rows;
  }

  async unfinished(stage = ""): Promise<Command[]> {
    const { rows } = await this.#retry<Command>(outbox.unfinished, [stage]);
    return rows;
  }

  async waiting(stage: string): Promise<Waiting[]> {
    const { rows } = await this.#retry<Command & Omit<Waiting, "command">>(outbox.waiting, [stage]);
    return rows.map(({ area, shirt, revision, world, ...counts }) => ({
      command: { area, shirt, revision, world },
      ...counts,
    }));
  }

  async claim({ command: { area, revision, world }, sendings }: Waiting): Promise<boolean> {
    // After a lost answer the second try finds its own claim, and says no: then nobody sends this time.
    const { rows } = await this.#retry(outbox.claim, [area, revision, world, sendings]);
    return rows.length === 1;
  }

  async begin(
    { area, revision, world }: Command,
    { id, node, living }: Attempt,
    killsMax: number,
  ): Promise<Judgement> {
    const values = [area, revision, world, id, node, killsMax, living];
    const { rows } = await this.#retry<Judgement>(outbox.begin, values);
    // A command that is not here can do no harm either: no step of it lands.
    return rows[0] ?? { isGivenUp: false, kills: 0 };
  }

  async beat(ids: readonly string[]): Promise<void> {
    await this.#retry(outbox.beat, [ids]);
  }

  async end(ids: readonly string[]): Promise<void> {
    await this.#retry(outbox.end, [ids]);
  }

  async revive({ area, revision, world }: Command): Promise<void> {
    await this.#retry(outbox.revive, [area, revision, world]);
  }

  async paint(command: Command, step: number, stroke: Stroke): Promise<{ stale: boolean }> {
    const { rows } = await this.#retry<Met & { stale: boolean }>(
      sql.paint,
      stepValues(command, step, stroke),
    );
    const [row] = rows;
    if (!row) throw await this.#noSuchPeople(command);
    checkMet(command, step, row);
    return { stale: row.stale };
  }

  async paintFenced(command: Command, step: number, stroke: Stroke): Promise<Outcome> {
    const { rows } = await this.#retry<FencedMet>(sql.paintFenced, stepValues(command, step, stroke));
    const [row] = rows;
    if (!row?.here) throw await this.#noSuchPeople(command);
    if (!row.passed) return "refused";
    if (!row.landed && row.peopled) return "landed before";
    checkMet(command, step, row);
    return "painted";
  }

  async resume({ area, revision, world }: Command, steps: number): Promise<number> {
    const { rows } = await this.#retry<{ step: number }>(sql.resume, [area, revision, steps, world]);
    return rows[0]?.step ?? 0;
  }

  async revisions(): Promise<Map<Area, number>> {
    const { rows } = await this.#retry<{ area: Area; revision: number }>(sql.revisions);
    return new Map(rows.map(({ area, revision }) => [area, revision]));
  }

  async world(): Promise<string | undefined> {
    const { rows } = await this.#retry<{ world: string; comment: string }>(sql.world);
    const [row] = rows;
    if (row && judgeSchema(row) === "old") throw this.#explain(new OtherVersion());
    return row?.world;
  }

  async renew(): Promise<void> {
    try {
      await retry(() => renew(this.#pool, this.#timeouts.prepareMs), {
        retryMs: this.#timeouts.retryMs,
        onLockTimeout: () => endStalled(this.#pool),
      });
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /** Why a step has found no people: its world is gone, or its area was never in it. */
  async #noSuchPeople({ area, world }: Command): Promise<TableError> {
    return (await this.world()) === world
      ? new TableError(`nobody lives in ${area}: this world was prepared without it`)
      : new WorldGoneError();
  }

  async verdict(): Promise<AreaVerdict[]> {
    const { rows } = await this.ask<VerdictRow>(sql.verdict);
    return rows.map(({ commanded, ...row }) => ({
      ...row,
      commanded: commanded ?? undefined,
      wrong: wrongPeople(row.people, commanded ?? undefined, row.wearing),
    }));
  }

  async stripes(area: Area, buckets = 100): Promise<Wardrobe[]> {
    const { rows } = await this.ask<{ bucket: number; wearing: Wardrobe }>(sql.stripes, [area, buckets]);
    const stripes: Wardrobe[] = Array.from({ length: buckets }, () => ({}));
    for (const { bucket, wearing } of rows) stripes[bucket] = wearing;
    return stripes;
  }

  close(): Promise<void> {
    this.#closing ??= this.#pool.end();
    return this.#closing;
  }
}
