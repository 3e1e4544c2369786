export { ServeError } from "./errors.ts";
export { type PgliteServer, servePglite } from "./server.ts";
