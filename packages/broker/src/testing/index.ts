export { findRealRabbitMq } from "./real-rabbitmq.ts";
