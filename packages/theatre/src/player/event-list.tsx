/**
 * The events as a list to read. The selected one is the last that has happened; to select one is to go to its moment.
 * Only the rows in sight are in the page, and the selected one, since a screen reader must find what the list calls active.
 */
import { describe, sentenceOf, type TraceEvent } from "@shirts/story";
import { memo } from "preact/compat";
import { useId } from "preact/hooks";
import { text } from "../text.ts";
import type { Player } from "./player.ts";
import { useRows } from "./use-rows.ts";
import { ALL_ROWS, heightOf } from "./window.ts";

interface Props {
  readonly player: Player;
  /** Goes to a position of this player. */
  readonly seek: (position: number) => void;
}

export function EventList({ player, seek }: Props) {
  const id = useId();
  const count = player.times.value.length;
  const selected = player.position.value - 1;
  const { box, rows, shown, onScroll } = useRows(count, selected);
  const from = player.trace[0]?.at ?? 0;
  const isWhole = count <= ALL_ROWS;
  const row = (index: number) => {
    const event = player.trace[index];
    const isSelected = index === selected;
    return event && <Row key={index} {...{ event, index, from, count, isSelected, id: `${id}-${index}` }} />;
  };
  return (
    <div
      ref={box}
      class="event-list"
      role="listbox"
      tabIndex={0}
      aria-label={text.player.events}
      aria-activedescendant={selected < 0 ? undefined : `${id}-${selected}`}
      onScroll={onScroll}
      onKeyDown={(event) => {
        const to = keyTo(event.key, player);
        if (to === undefined) return;
        event.preventDefault();
        seek(to);
      }}
      onClick={(event) => {
        const hit =
          event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
        if (hit) seek(Number(hit.dataset.index) + 1);
      }}
    >
      {!isWhole && <div role="presentation" style={{ height: `${heightOf(count)}px` }} />}
      <div class="unseen rows-apart" role="presentation">
        {selected < shown.from && row(selected)}
      </div>
      <div ref={rows} class={isWhole ? "" : "rows"} role="presentation">
        {Array.from({ length: shown.until - shown.from }, (_, nth) => row(shown.from + nth))}
      </div>
      <div class="unseen rows-apart" role="presentation">
        {selected >= shown.until && row(selected)}
      </div>
    </div>
  );
}

interface RowProps {
  readonly event: TraceEvent;
  readonly index: number;
  /** The first event's time. */
  readonly from: number;
  /** Of all rows, also of those that are not in the page. */
  readonly count: number;
  readonly isSelected: boolean;
  readonly id: string;
}

const Row = memo(({ event, index, from, count, isSelected, id }: RowProps) => {
  const description = describe(event);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and names its active row.
    <div
      id={id}
      role="option"
      aria-selected={isSelected}
      aria-posinset={index + 1}
      aria-setsize={count}
      class={`event ${description.tone}`}
      data-index={index}
    >
      <span class="at">{text.player.ms(Math.round(event.at - from))}</span>
      <span>{sentenceOf(description)}</span>
    </div>
  );
});

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
