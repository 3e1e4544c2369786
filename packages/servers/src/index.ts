export { NotInstalledError } from "./find.ts";
export { freePorts } from "./ports.ts";
export { type PostgresServer, postgresVersion, startPostgres } from "./postgres.ts";
export { type RabbitMqNode, startRabbitCluster, startRabbitMq } from "./rabbitmq.ts";
export type { Server } from "./server.ts";
