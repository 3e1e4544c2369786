/** PGlite plays two connections on one session. A real PostgreSQL, with two connections, must say the same to every answer. */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answers as held } from "../exercises/fence/hold-the-row/answers.ts";
import * as heldGiven from "../exercises/fence/hold-the-row/given.ts";
import * as heldSolution from "../exercises/fence/hold-the-row/solution.ts";
import { answers as single } from "../exercises/fence/one-statement/answers.ts";
import { asStep } from "../exercises/fence/one-statement/exercise.ts";
import * as singleGiven from "../exercises/fence/one-statement/given.ts";
import * as singleSolution from "../exercises/fence/one-statement/solution.ts";
import { answers as presidents } from "../exercises/fence/two-presidents/answers.ts";
import { complaintOfAccept } from "../exercises/fence/two-presidents/exercise.ts";
import * as presidentsGiven from "../exercises/fence/two-presidents/given.ts";
import * as presidentsSolution from "../exercises/fence/two-presidents/solution.ts";
import { complaintOfStep } from "../exercises/support/fence-judge.ts";
import { pgliteTrack } from "../exercises/support/pglite-track.ts";
import { AREA, type Track } from "../exercises/support/race.ts";
import type { Answers } from "../src/answers.ts";
import { PostgresTrack } from "./postgres-track.ts";

async function realPostgres(url: string | undefined): Promise<string | undefined> {
  if (!url) return undefined;
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ version: string }>("SELECT version()");
  await client.end();
  return rows[0]?.version.includes("PGlite") ? undefined : url;
}

const url = await realPostgres(process.env.DATABASE_URL);
if (!url && process.env.REQUIRE_SERVICES === "1")
  throw new Error("REQUIRE_SERVICES=1, and there is no real PostgreSQL");

const everything = <M>({ right, wrong }: Answers<M>, given: M, solution: M): [string, M][] => [
  ["as given", given],
  ["the solution", solution],
  ...Object.entries(right),
  ...Object.entries(wrong).map(([name, { answer }]): [string, M] => [name, answer]),
];

describe.skipIf(!url)(`two connections on a real PostgreSQL${url ? "" : ": DATABASE_URL names none"}`, () => {
  let real: PostgresTrack;
  beforeAll(async () => {
    real = new PostgresTrack(url ?? "");
    await real.open();
  });
  afterAll(() => real?.close());

  async function sameWords(judge: (track: Track) => Promise<string | undefined>): Promise<void> {
    expect(await judge(real)).toBe(await judge(pgliteTrack));
  }

  test.each(everything(held, heldGiven, heldSolution))("hold the row: %s", (_, { paint }) =>
    sameWords((track) => complaintOfStep(paint, track)),
  );

  test.each(
    everything(single, singleGiven, singleSolution).filter(
      ([, { step }]) => typeof step === "string" && step !== "",
    ),
  )("one statement: %s", (_, { step }) => sameWords((track) => complaintOfStep(asStep(step), track)));

  test.each(everything(presidents, presidentsGiven, presidentsSolution))(
    "two presidents: %s",
    (_, { accept }) => sameWords((track) => complaintOfAccept(accept, track)),
  );

  test("a president who was first: the fence waits for him, and sees BLUE; planted: one that compares outside of the held row", async () => {
    const order = { area: AREA, shirt: "purple", revision: 1 };
    const planted = `WITH fence AS (SELECT FROM areas WHERE area = $1 FOR UPDATE) UPDATE people SET shirt = $3
      WHERE area = $1 AND person = $4 AND (SELECT revision FROM areas WHERE area = $1) = $2 AND EXISTS (SELECT FROM fence)`;
    const painted = async (step: string) =>
      (await real.behind((query) => asStep(step)(query, order, 1))).shirts[1];
    expect(await painted(singleSolution.step)).toBe("white");
    expect(await painted(planted)).toBe("purple");
  });

  test("each lock of a row, and of the table, makes an UPDATE wait here as it does there", async () => {
    const locks = ["FOR KEY SHARE", "FOR SHARE", "FOR NO KEY UPDATE", "FOR UPDATE"].map(
      (lock) => `SELECT FROM areas WHERE area = '${AREA}' ${lock}`,
    );
    const tables = ["ROW SHARE", "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE", "SHARE", "EXCLUSIVE"].map(
      (mode) => `LOCK TABLE areas IN ${mode} MODE`,
    );
    const others = [
      "SELECT FROM areas",
      "SELECT FROM areas WHERE area = 'south-america' FOR UPDATE",
      "UPDATE areas SET revision = 5",
    ];
    for (const text of [...locks, ...tables, ...others]) {
      const [here, there] = [pgliteTrack, real].map((track) =>
        track.race((query) => query(text).then(() => true), 2),
      );
      const [one, other] = [await here, await there];
      expect([text, one?.came, one?.isShared]).toEqual([text, other?.came, other?.isShared]);
    }
  });
});
