// `pnpm services -- <command>`: a real RabbitMQ, PostgreSQL and Redis for one command, on free ports, with data folders
// that are gone afterwards. Without a command they stay until Ctrl-C.

import { program, stopSignal, UsageError } from "@shirts/command-line";
import { want } from "./choose.ts";
import { runCommand, withServers } from "./foreground.ts";
import type { ServerName } from "./installation.ts";
import { HOW_TO_GET_NEWER } from "./newer.ts";
import { startPostgres } from "./postgres.ts";
import { startRabbitMq } from "./rabbitmq.ts";
import { startRedis } from "./redis.ts";
import type { Server } from "./server.ts";

const USAGE = `npm run services -- npm test      runs the command on a real RabbitMQ, PostgreSQL and Redis
npm run services                  starts them and prints how to reach them, until Ctrl-C
npm run services -- --only rabbitmq -- npm start
                                  one of them, or some: rabbitmq,postgres,redis
npm run services -- --rabbitmq 4 --postgres 18 -- npm start
                                  these versions, not those that this machine takes by itself

The command finds them in AMQP_URL, DATABASE_URL and REDIS_URL; REQUIRE_SERVICES=1 tells tests that a missing server is a
failure, and SERVICES says which versions they are. What the command starts by itself (the storm, some tests) is of these versions, too.
${HOW_TO_GET_NEWER} Only root can start those.`;

interface Service {
  readonly name: ServerName;
  readonly variable: string;
  readonly start: () => Promise<Server>;
}

const SERVICES = {
  rabbitmq: { name: "RabbitMQ", variable: "AMQP_URL", start: startRabbitMq },
  postgres: { name: "PostgreSQL", variable: "DATABASE_URL", start: startPostgres },
  redis: { name: "Redis", variable: "REDIS_URL", start: startRedis },
} as const satisfies Record<string, Service>;

type Flag = keyof typeof SERVICES;
/** What a person may ask for in another version than the machine's own. */
type Flags = { readonly [flag in Exclude<Flag, "redis">]?: string | undefined };

/** The servers to start, of the versions that the flags name. Throws UsageError. */
function choose(only: string | undefined, versions: Flags): Service[] {
  const flags = Object.keys(SERVICES) as Flag[];
  const names = only?.split(",") ?? flags;
  for (const name of names)
    if (!flags.some((flag) => flag === name))
      throw new UsageError(`--only takes ${flags.join(", ")} or some of them with commas, not "${name}".`);
  const wanted = flags.filter((flag) => names.includes(flag));
  for (const [flag, version] of Object.entries(versions) as [keyof Flags, string | undefined][]) {
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
