export { startPosing } from "./posing.ts";
export { findRealRabbitMq } from "./real-rabbitmq.ts";
