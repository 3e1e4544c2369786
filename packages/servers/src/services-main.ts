// `pnpm services -- <command>`: a real RabbitMQ and a real PostgreSQL for one command, on free ports, with data folders
// that are gone afterwards. Without a command they stay until Ctrl-C.

import { program, stopSignal, UsageError } from "@shirts/command-line";
import { want } from "./choose.ts";
import { runCommand, withServers } from "./foreground.ts";
import type { ServerName } from "./installation.ts";
import { HOW_TO_GET_NEWER } from "./newer.ts";
import { startPostgres } from "./postgres.ts";
import { startRabbitMq } from "./rabbitmq.ts";
import type { Server } from "./server.ts";

const USAGE = `npm run services -- npm test      runs the command on a real RabbitMQ and a real PostgreSQL
npm run services                  starts them and prints how to reach them, until Ctrl-C
npm run services -- --only rabbitmq -- npm start
                                  one of the two (rabbitmq, postgres)
npm run services -- --rabbitmq 4 --postgres 18 -- npm start
                                  these versions, not those that this machine takes by itself

The command finds them in AMQP_URL and DATABASE_URL; REQUIRE_SERVICES=1 tells tests that a missing server is a failure, and
SERVICES says which versions they are. What the command starts by itself (the storm, some tests) is of these versions, too.
${HOW_TO_GET_NEWER} Only root can start those.`;

interface Service {
  readonly name: ServerName;
  readonly variable: string;
  readonly start: () => Promise<Server>;
}

const SERVICES = {
  rabbitmq: { name: "RabbitMQ", variable: "AMQP_URL", start: startRabbitMq },
  postgres: { name: "PostgreSQL", variable: "DATABASE_URL", start: startPostgres },
} as const satisfies Record<string, Service>;

type Flags = { readonly [flag in keyof typeof SERVICES]?: string | undefined };

/** The servers to start, of the versions that the flags name. Throws UsageError. */
function choose(only: string | undefined, versions: Flags): Service[] {
  const flags = Object.keys(SERVICES) as (keyof typeof SERVICES)[];
  if (only !== undefined && !flags.some((flag) => flag === only))
    throw new UsageError(`--only takes ${flags.join(" or ")}, not "${only}".`);
  const wanted = flags.filter((flag) => only === undefined || flag === only);
  for (const flag of flags) {
    const version = versions[flag];
    if (version === undefined) continue;
    if (!wanted.includes(flag)) throw new UsageError(`--${flag} makes no sense with --only ${only}.`);
    want(SERVICES[flag].name, version);
  }
  return wanted.map((flag) => SERVICES[flag]);
}

await program({
  name: "services",
  usage: USAGE,
  options: { only: { type: "string" }, rabbitmq: { type: "string" }, postgres: { type: "string" } },
  positionals: "rest",
  main({ only, ...versions }, command) {
    const services = choose(only, versions);
    if (command[0]?.startsWith("-"))
      throw new UsageError(`There is no flag ${command[0]}. --help lists the flags.`);
    return withServers(
      services.map(({ start }) => start),
      (servers) => {
        const reach = Object.fromEntries(services.map(({ variable }, i) => [variable, servers[i]?.url]));
        const versions = services.map(({ name }, i) => `${name} ${servers[i]?.version}`).join(", ");
        const isAll = services.length === Object.keys(SERVICES).length;
        if (command.length > 0)
          return runCommand(command, {
            ...reach,
            SERVICES: versions,
            ...(isAll && { REQUIRE_SERVICES: "1" }),
          });
        for (const [variable, url] of Object.entries(reach)) console.log(`export ${variable}=${url}`);
        console.log(`# ${versions}, until Ctrl-C`);
        return stopSignal();
      },
    );
  },
});
