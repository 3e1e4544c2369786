export { columns } from "./columns.ts";
export { eventText } from "./event.ts";
export { commandText, onShirt, shirtCell } from "./shirts.ts";
export { verdictTable } from "./verdict-table.ts";
