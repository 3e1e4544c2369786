/** The event that has just happened, as a sentence. A screen reader hears it, unless the story plays: then it would never end. */
import { describe, sentenceOf } from "@shirts/story";
import { text } from "../text.ts";
import type { Player } from "./player.ts";
import type { Transport } from "./transport.ts";

interface Props {
  readonly player: Player;
  /** What moves the player. */
  readonly transport: Transport;
}

export function Now({ player, transport }: Props) {
  const { last, at } = player.scene.value;
  const [from] = player.span.value;
  const description = last && describe(last);
  return (
    <p class={`now ${description?.tone ?? "quiet"}`} aria-live={transport.isPlaying.value ? "off" : "polite"}>
      <span class="at">{text.player.ms(Math.round(at - (last ? from : 0)))}</span>{" "}
      {description ? sentenceOf(description) : text.player.nothingYet}
    </p>
  );
}
