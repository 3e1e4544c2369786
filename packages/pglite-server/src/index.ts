export {
  /** @public For programs that tell it from other errors. */
  ServeError,
} from "./errors.ts";
export { type PgliteServer, servePglite } from "./server.ts";
