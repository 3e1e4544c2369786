import { text } from "../../text.ts";

export function Chance() {
  return <h2>{text.modes.chance}</h2>;
}
