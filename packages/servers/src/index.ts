export { want } from "./choose.ts";
export { type FailoverPostgres, startFailoverPostgres } from "./failover.ts";
export { NotInstalledError } from "./find.ts";
export { freePorts } from "./ports.ts";
export { postgresVersion, startPostgres } from "./postgres.ts";
export type { PostgresServer } from "./postgres-process.ts";
export { type RabbitMqNode, startRabbitCluster, startRabbitMq } from "./rabbitmq.ts";
export { type Replica, startReplica } from "./replica.ts";
export type { Server } from "./server.ts";
