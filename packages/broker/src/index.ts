export { type BrokerOptions, type RunningBroker, startBroker } from "./server.ts";
