import { PGlite } from "@electric-sql/pglite";
import { dataDir } from "@electric-sql/pglite-prepopulatedfs";

const loadDataDir = await dataDir();

/** A PGlite that starts from a folder that is ready: to make one takes seconds. */
export class Quick extends PGlite {
  constructor() {
    super({ loadDataDir });
  }
}
