/** The events as a list to read. The selected one is the last that has happened; to select one is to go to its moment. */
import { effect } from "@preact/signals";
import { describe, sentenceOf } from "@shirts/story";
import { memo } from "preact/compat";
import { useEffect, useId, useRef } from "preact/hooks";
import { text } from "../text.ts";
import type { Player } from "./player.ts";

interface Props {
  readonly player: Player;
  /** Goes to a position of this player. */
  readonly seek: (position: number) => void;
}

export function EventList({ player, seek }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  // Moves the mark by hand: to render two thousand rows for each event would be too much.
  useEffect(() => effect(() => mark(box.current, player.position.value)), [player]);
  return (
    <div
      ref={box}
      class="event-list"
      role="listbox"
      tabIndex={0}
      aria-label={text.player.events}
      onKeyDown={(event) => {
        const to = keyTo(event.key, player);
        if (to === undefined) return;
        event.preventDefault();
        seek(to);
      }}
      onClick={(event) => {
        const row =
          event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
        if (row) seek(Number(row.dataset.index) + 1);
      }}
    >
      <Rows player={player} length={player.times.value.length} id={id} />
    </div>
  );
}

interface RowsProps {
  readonly player: Player;
  /** Rendered again only when the trace has grown. */
  readonly length: number;
  readonly id: string;
}

const Rows = memo(({ player, id }: RowsProps) => {
  const from = player.trace[0]?.at ?? 0;
  return (
    <>
      {player.trace.map((event, index) => {
        const description = describe(event);
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and names its active row.
          <div
            key={`${id} ${index}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected="false"
            class={`event ${description.tone}`}
            data-index={index}
          >
            <span class="at">{text.player.ms(Math.round(event.at - from))}</span>
            <span>{sentenceOf(description)}</span>
          </div>
        );
      })}
    </>
  );
});

function mark(box: HTMLElement | null, position: number): void {
  if (!box) return;
  box.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
  const row = box.children[position - 1];
  if (!(row instanceof HTMLElement)) {
    box.removeAttribute("aria-activedescendant");
    box.scrollTop = 0;
    return;
  }
  row.setAttribute("aria-selected", "true");
  box.setAttribute("aria-activedescendant", row.id);
  const top = row.offsetTop;
  if (top < box.scrollTop || top + row.offsetHeight > box.scrollTop + box.clientHeight)
    box.scrollTop = top - box.clientHeight / 2;
}

const PAGE = 10;

function keyTo(key: string, player: Player): number | undefined {
  const position = player.position.value;
  const to: Record<string, number> = {
    ArrowUp: position - 1,
    ArrowDown: position + 1,
    PageUp: position - PAGE,
    PageDown: position + PAGE,
    Home: 1,
    End: player.length,
  };
  return to[key];
}
