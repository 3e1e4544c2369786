/** The events as a list to read; a click goes to that moment. */
import { describe, sentenceOf } from "@shirts/story";
import { text } from "../text.ts";
import type { Player } from "./player.ts";

export function EventList({ player }: { readonly player: Player }) {
  const position = player.position.value;
  return (
    <ol class="event-list" aria-label={text.player.events}>
      {player.trace.map((event, index) => (
        // An event's place in the trace never changes.
        <li key={index} aria-current={index + 1 === position ? "step" : undefined}>
          <button type="button" onClick={() => player.step(index + 1 - position)}>
            {Math.round(event.at)} ms: {sentenceOf(describe(event))}
          </button>
        </li>
      ))}
    </ol>
  );
}
