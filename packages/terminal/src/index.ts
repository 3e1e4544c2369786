export { columns } from "./columns.ts";
export { onShirt, orderText, shirtCell } from "./shirts.ts";
