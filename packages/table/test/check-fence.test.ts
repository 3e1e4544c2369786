/** v4's table before the judge of `fence`: its own statements, on clients that the judge can hold. */
import { type Answer, checkFence, type FencedTable, print } from "@shirts/fence/check";
import pg from "pg";
import { describe, expect, it } from "vitest";
import type { Table } from "../src/index.ts";
import * as statements from "../src/sql.ts";
import {
  withoutLanded,
  withoutRevision,
  withoutRowLock,
  withoutWorld,
  withSharedRow,
} from "./support/broken-fence.ts";
import { type Database, NO_POSTGRES, onTable, realPostgres } from "./support/databases.ts";

const AREA = "north-america";
const PEOPLE = 4;

interface Token {
  readonly revision: number;
  readonly world: string;
}

interface Step {
  readonly here: boolean;
  readonly passed: boolean;
  readonly met: number;
}

/** Each key is the one area of a world that was prepared for it. A part is a step; the judge's two values are two shirts. */
function v4(url: string, table: Table, paintFenced: string): FencedTable<pg.Client, Token> {
  const prepare = () => table.prepare({ population: { [AREA]: PEOPLE } });
  const shirts: Readonly<Record<string, string>> = { older: "purple", newer: "blue" };
  return {
    async connect() {
      const client = new pg.Client(url);
      await client.connect();
      return client;
    },
    disconnect: (client) => client.end(),
    async fresh() {
      await prepare();
      return AREA;
    },
    async accept(client, key) {
      const { rows } = await client.query<Token>(statements.command, [key, "green", ""]);
      return rows[0] as Token;
    },
    async write(client, { key, token, part, value }): Promise<Answer> {
      const values = [key, token.revision, part, PEOPLE, shirts[value], "judge", token.world];
      const [step] = (await client.query<Step>(paintFenced, values)).rows;
      // Who was painted counts, and not what the statement thinks of itself.
      if (step?.met) return "written";
      return step?.here && step.passed ? "again" : "refused";
    },
    async read(client, key) {
      const text = "SELECT shirt::text FROM story.people WHERE area = $1::story.area AND person = 0";
      const { rows } = await client.query<{ shirt: string }>(text, [key]);
      return Object.keys(shirts).find((value) => shirts[value] === rows[0]?.shirt);
    },
    beginAnew: prepare,
  };
}

describe.skipIf(!realPostgres)(`before the judge${NO_POSTGRES && `: ${NO_POSTGRES}`}`, () => {
  let database: Database;
  let table: Table;
  if (realPostgres)
    onTable(realPostgres, (opened) => {
      ({ database, table } = opened);
    });

  it("v4's table is accepted", async () => {
    const report = await checkFence(v4(database.url, table, statements.paintFenced));
    expect(report.isRight, print(report)).toBe(true);
    expect(report.how).toBe("locks");
    expect(report.findings.map(({ mark }) => mark)).toEqual(Array(10).fill("✓"));
  });

  it.each([
    ["compares no revisions", withoutRevision, "compares nothing"],
    ["holds no row", withoutRowLock, "lacks the lock"],
    ["lets steps share the row", withSharedRow, "lets a command starve behind overlapping writes"],
    ["does not ask what has landed", withoutLanded, "takes one revision for two"],
    ["compares numbers alone", withoutWorld, "counts anew"],
  ])("planted: v4's table that %s is refused", async (_, broken, fault) => {
    const report = await checkFence(v4(database.url, table, broken()));
    expect(report.findings.find((finding) => finding.fault === fault)?.mark, print(report)).toBe("✗");
  });
});
