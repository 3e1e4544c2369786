/** PGlite behind a port: PostgreSQL for machines that have none. */
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

export interface Served {
  /** postgres://… on 127.0.0.1 */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Serves a table. `port` 0 takes a free one; without `dir` it lives in memory. */
export async function serveWorld({ port = 0, dir }: { port?: number; dir?: string } = {}): Promise<Served> {
  const db = await PGlite.create({ ...(dir !== undefined && { dataDir: dir }) });
  const server = new PGLiteSocketServer({ db, port, maxConnections: 100 });
  await server.start();
  const at = Number(server.getServerConn().split(":").at(-1));
  return {
    url: `postgres://postgres@127.0.0.1:${at}/postgres`,
    port: at,
    async close() {
      await server.stop();
      await db.close();
    },
  };
}
