// `pnpm services -- <command>`: a real RabbitMQ and a real PostgreSQL for one command, on free ports, with data folders
// that are gone afterwards. Without a command they stay until Ctrl-C.

import { program, stopSignal, UsageError } from "@shirts/command-line";
import { want } from "./choose.ts";
import { runCommand, withServers } from "./foreground.ts";
import { HOW_TO_GET_NEWER } from "./newer.ts";
import { startPostgres } from "./postgres.ts";
import { startRabbitMq } from "./rabbitmq.ts";
import type { Server } from "./server.ts";

const USAGE = `npm run services -- npm test      runs the command on a real RabbitMQ and a real PostgreSQL
npm run services                  starts them and prints how to reach them, until Ctrl-C
npm run services -- --only rabbitmq -- npm start
                                  one of the two (rabbitmq, postgres)
npm run services -- --rabbitmq 4 --postgres 18 -- npm start
                                  these versions, and not what this machine takes by itself

The command finds them in AMQP_URL and DATABASE_URL; REQUIRE_SERVICES=1 tells tests that a missing server is a failure.
Servers that the command itself starts (the storm, some tests) are of the same versions.
${HOW_TO_GET_NEWER} Only root can start those.`;

const SERVERS: Record<string, { variable: string; start: () => Promise<Server> }> = {
  rabbitmq: { variable: "AMQP_URL", start: startRabbitMq },
  postgres: { variable: "DATABASE_URL", start: startPostgres },
};

/** The names of the servers to start. Throws UsageError. */
function choose(only: string | undefined): string[] {
  const names = Object.keys(SERVERS);
  if (only === undefined) return names;
  if (!names.includes(only)) throw new UsageError(`--only takes ${names.join(" or ")}, not "${only}".`);
  return [only];
}

await program({
  name: "services",
  usage: USAGE,
  options: { only: { type: "string" }, rabbitmq: { type: "string" }, postgres: { type: "string" } },
  positionals: "rest",
  main({ only, rabbitmq, postgres }, command) {
    if (rabbitmq !== undefined) want("RabbitMQ", rabbitmq);
    if (postgres !== undefined) want("PostgreSQL", postgres);
    const chosen = choose(only).flatMap((name) => SERVERS[name] ?? []);
    if (command[0]?.startsWith("-"))
      throw new UsageError(`There is no flag ${command[0]}. --help lists the flags.`);
    return withServers(
      chosen.map(({ start }) => start),
      (servers) => {
        const reach = Object.fromEntries(chosen.map(({ variable }, i) => [variable, servers[i]?.url]));
        const isAll = chosen.length === Object.keys(SERVERS).length;
        if (command.length > 0)
          return runCommand(command, { ...reach, ...(isAll && { REQUIRE_SERVICES: "1" }) });
        for (const [variable, url] of Object.entries(reach)) console.log(`export ${variable}=${url}`);
        console.log("# until Ctrl-C");
        return stopSignal();
      },
    );
  },
});
