/** What may happen next, as buttons; and undo, restart and hint. */

import { type Button, buttonsOf, type Hint, type Position } from "@shirts/sim/scheduler";
import type { Ref } from "preact";
import { text } from "../../text.ts";

interface Props {
  readonly position: Position;
  readonly hint: Hint | "looking" | undefined;
  /** Where the keyboard goes when the button that it was on is gone. */
  readonly place: Ref<HTMLElement>;
  readonly onChoose: (way: string) => void;
}

export function NextEvents({ position, hint, place, onChoose }: Props) {
  const buttons = buttonsOf(position);
  const hinted = hint !== "looking" && hint?.kind === "next" ? hint.way : undefined;
  return (
    <section class="next" ref={place} tabIndex={-1} aria-labelledby="next-title">
      <h3 id="next-title">{buttons.length > 0 ? text.schedule.waysLabel : text.schedule.noWays}</h3>
      <ol>
        {buttons.map((button, index) => (
          // By way: a press that comes late must not hit what has taken its place.
          <li key={button.way}>
            <button
              type="button"
              class={button.way === hinted ? "way hinted" : "way"}
              aria-keyshortcuts={String(index + 1)}
              onClick={() => onChoose(button.way)}
            >
              <span class="key" aria-hidden="true">
                {index + 1}
              </span>
              <span>
                {button.label}
                {button.detail ? <small> {button.detail}</small> : null}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A hint in words; undefined when nobody asked. */
export function hintText(hint: Hint | "looking" | undefined, buttons: readonly Button[]): string | undefined {
  const { hints } = text.schedule;
  if (hint === undefined) return undefined;
  if (hint === "looking") return hints.looking;
  switch (hint.kind) {
    case "next": {
      const { label = hint.way, detail } = buttons.find(({ way }) => way === hint.way) ?? {};
      return hints.next(detail ? `${label} (${detail})` : label);
    }
    case "undo":
      return hints.undo(hint.moves);
    case "won":
      return hints.won;
    case "never":
      return hints.never;
  }
}
