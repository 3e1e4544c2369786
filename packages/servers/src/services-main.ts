// `pnpm services -- <command>`: a real RabbitMQ and a real PostgreSQL for one command, on free ports, with data folders
// that are gone afterwards. Without a command they stay until Ctrl-C.

import { firstSignal, runCommand, withServers } from "./foreground.ts";
import { startPostgres } from "./postgres.ts";
import { startRabbitMq } from "./rabbitmq.ts";
import type { Server } from "./server.ts";

const USAGE = `npm run services -- npm test      runs the command on a real RabbitMQ and a real PostgreSQL
npm run services                  starts them and prints how to reach them, until Ctrl-C
npm run services -- --only rabbitmq -- npm start
                                  one of the two (rabbitmq, postgres)

The command finds them in AMQP_URL and DATABASE_URL; REQUIRE_SERVICES=1 tells tests that a missing server is a failure.`;

const SERVERS: Record<string, { variable: string; start: () => Promise<Server> }> = {
  rabbitmq: { variable: "AMQP_URL", start: startRabbitMq },
  postgres: { variable: "DATABASE_URL", start: startPostgres },
};

function fail(line: string): never {
  console.error(line);
  process.exit(1);
}

const words = process.argv.slice(2);
if (words[0] === "--") words.shift(); // npm takes it away, pnpm hands it on
if (words[0] === "--help") {
  console.log(USAGE);
  process.exit(0);
}

let names = Object.keys(SERVERS);
if (words[0] === "--only") {
  const only = words[1] ?? "";
  if (!names.includes(only)) fail(`--only takes ${names.join(" or ")}, not "${only}"`);
  names = [only];
  words.splice(0, 2);
}
if (words[0] === "--") words.shift();
if (words[0]?.startsWith("-")) fail(`Unknown flag ${words[0]}\n\n${USAGE}`);

const chosen = names.flatMap((name) => SERVERS[name] ?? []);

await withServers(
  chosen.map(({ start }) => start),
  (servers) => {
    const reach = Object.fromEntries(chosen.map(({ variable }, i) => [variable, servers[i]?.url]));
    const isAll = chosen.length === Object.keys(SERVERS).length;
    if (words.length > 0) return runCommand(words, { ...reach, ...(isAll && { REQUIRE_SERVICES: "1" }) });
    for (const [variable, url] of Object.entries(reach)) console.log(`export ${variable}=${url}`);
    console.log("# until Ctrl-C");
    return firstSignal();
  },
);
