export { TableError, WorldGoneError } from "./errors.ts";
export { DEFAULT_DATABASE_URL, openTable, type Stroke, type Table } from "./table.ts";
