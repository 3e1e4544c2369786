export { TableError, WorldGoneError } from "./errors.ts";
export { DEFAULT_DATABASE_URL, openTable, /** @public */ type Stroke, type Table } from "./table.ts";
