export { NoWorldError, TableError, WorldGoneError } from "./errors.ts";
export type { Waiting } from "./outbox.ts";
export {
  DEFAULT_DATABASE_URL,
  /** @public */ type Outcome,
  openTable,
  /** @public */ type Stroke,
  type Table,
} from "./table.ts";
