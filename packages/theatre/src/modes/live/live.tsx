import { text } from "../../text.ts";

export function Live() {
  return <h2>{text.modes.live}</h2>;
}
