/** A PostgreSQL of a test file's own; undefined where none is installed. */
import { NotInstalledError, type PostgresServer, startPostgres } from "@shirts/servers";

export async function postgresIfInstalled(): Promise<PostgresServer | undefined> {
  try {
    return await startPostgres();
  } catch (error) {
    if (error instanceof NotInstalledError && process.env.REQUIRE_SERVICES !== "1") return undefined;
    throw error;
  }
}
