import { text } from "../../text.ts";

export function Replay() {
  return <h2>{text.modes.replay}</h2>;
}
