/** pg-boss, opened: version 10 exports its class as default, the newer ones by its name. */
import type PgBoss from "pg-boss";
import { importLibrary } from "../libraries.ts";

/** Connects. `supervise`: it also looks for jobs whose time is over, each second. */
export async function openBoss(connectionString: string, supervise = false): Promise<PgBoss> {
  const library = await importLibrary<{ default?: typeof PgBoss; PgBoss?: typeof PgBoss }>("pg-boss");
  const Boss = library.PgBoss ?? library.default;
  if (Boss === undefined) throw new Error("this pg-boss exports no class that we know");
  const intervals = { maintenanceIntervalSeconds: 1, superviseIntervalSeconds: 1 };
  const boss = new Boss({ connectionString, supervise, schedule: false, ...intervals });
  // Nobody waits for these: a connection that ends with its database.
  boss.on("error", () => {});
  await boss.start();
  return boss;
}
