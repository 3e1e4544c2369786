import { findPostgres, findRabbitMq } from "../src/find.ts";

function isHere(find: () => string): boolean {
  try {
    return find() !== "";
  } catch (error) {
    // CI says that it has the servers: then a missing one must not hide as a skipped test.
    if (process.env.REQUIRE_SERVICES === "1") throw error;
    return false;
  }
}

export const hasPostgres: boolean = isHere(() => findPostgres("postgres"));
export const hasRabbitMq: boolean = isHere(() => findRabbitMq("rabbitmq-server"));
