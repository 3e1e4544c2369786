import { text } from "../../text.ts";

export function Schedule() {
  return <h2>{text.modes.schedule}</h2>;
}
