/** The state as one row of a real SQL table: PostgreSQL in this process (PGlite). */
import { PGlite } from "@electric-sql/pglite";
import { dataDir } from "@electric-sql/pglite-prepopulatedfs";
import { colours } from "@shirts/story";
import { z } from "zod";
import type { State } from "./tailor.ts";

export interface StateTable {
  /** Resolves when the row is committed. */
  write(state: State): Promise<void>;
  /** Throws when no state has been written. */
  read(): Promise<State>;
  close(): Promise<void>;
}

const rowsShape = z.tuple([z.object({ shirt: z.enum(colours), revision: z.int() })]);

/** Opens an empty table in memory. */
export async function openStateTable(): Promise<StateTable> {
  // An empty database that comes ready-made: to make one (initdb) would take five seconds.
  const db = await PGlite.create({ loadDataDir: await dataDir() });
  // `sole` has one legal value, so the table has one row at most.
  await db.exec(`
    CREATE TABLE state (sole bool PRIMARY KEY DEFAULT true CHECK (sole), shirt text NOT NULL, revision int NOT NULL)`);
  return {
    async write({ shirt, revision }) {
      await db.query(
        `INSERT INTO state (shirt, revision) VALUES ($1, $2)
         ON CONFLICT (sole) DO UPDATE SET shirt = excluded.shirt, revision = excluded.revision`,
        [shirt, revision],
      );
    },
    async read() {
      const { rows } = await db.query("SELECT shirt, revision FROM state");
      const [row] = rowsShape.parse(rows);
      return row;
    },
    close: () => db.close(),
  };
}
