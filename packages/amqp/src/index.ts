/** RabbitMQ as chans, on amqplib. */
export { type ConnectOptions, connect, type Rabbit } from "./connect.ts";
export type { ConsumeOptions, Consumption } from "./consume.ts";
export type { DeadLetter } from "./dead-letter.ts";
export { deadQueue, type QueueOptions } from "./declare.ts";
export type { Delivery } from "./delivery.ts";
export { AmqpError } from "./errors.ts";
export type { State } from "./state.ts";
export type { SubscribeOptions, Subscription } from "./subscribe.ts";
