import { text } from "../../text.ts";

export function Watch() {
  return <h2>{text.modes.watch}</h2>;
}
