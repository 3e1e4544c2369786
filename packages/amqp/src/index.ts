/** RabbitMQ as chans, on amqplib. */
export { connect } from "./connect.ts";
export type { ConnectionStatus } from "./connection-status.ts";
export type { DeadLetter } from "./dead-letter.ts";
export type { Delivery } from "./deliveries.ts";
export { AmqpError, type AmqpErrorKind } from "./errors.ts";
export type { ConnectOptions, Rabbit, ServerName } from "./rabbit.ts";
export { deadLetterQueue, /** @public */ type QueueOptions } from "./topology.ts";
