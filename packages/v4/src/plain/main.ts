/** `pnpm --filter v4 plain`: the fence in plain SQL, beside two soldiers without one. */
import { program } from "@shirts/command-line";
import { servePglite } from "@shirts/pglite-server";
import pg from "pg";
import { play, ways } from "./play.ts";

await program({
  name: "plain",
  usage: `pnpm --filter v4 plain    the fence in plain SQL, in a schema of its own that is made anew

DATABASE_URL names a PostgreSQL; without it the program starts PGlite.`,
  async main() {
    const { DATABASE_URL: named } = process.env;
    const served = named ? undefined : await servePglite();
    const client = new pg.Client(named || served?.url);
    try {
      await client.connect();
      for (const [name, way] of Object.entries(ways)) {
        console.log(`-- ${name}`);
        console.log(`${await play(client, way, console.log)} of 10 wear an old shirt`);
      }
    } finally {
      await client.end();
      await served?.close();
    }
  },
});
