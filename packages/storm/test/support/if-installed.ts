import { NotInstalledError } from "@shirts/servers";

/** Starts a server of a test file's own; undefined where none is installed, unless it must be there. */
export async function ifInstalled<T>(start: () => Promise<T>): Promise<T | undefined> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof NotInstalledError && process.env.REQUIRE_SERVICES !== "1") return undefined;
    throw error;
  }
}
