/** The keyboard for a transport, wherever the focus is, unless it is where one types or where the key has a meaning of its own. */
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import { SPEEDS, type Transport } from "./transport.ts";

export function useKeys(transport: Transport): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTaken(event)) return;
      if (act(transport, event.key)) event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [transport]);
}

/** What a hand on a mouse or a screen chooses to look at: after it the keys are the player's. */
const CHOICES = ".presets button, .verdict button, .transport button, .top nav a";

/** After a choice by pointer the player has the focus; who uses the keyboard stays where they are. */
export function usePointerFocus(player: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onClick = ({ detail, target }: MouseEvent) => {
      // A click that a key makes has no count.
      if (detail === 0 || !(target instanceof Element) || !target.closest(CHOICES)) return;
      player.current?.focus({ preventScroll: true });
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, [player]);
}

/** True when the element with the focus needs this key itself. */
function isTaken({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest("input:not([type=range]), select, textarea, [contenteditable]")) return true;
  // A range moves with arrows itself; a button and a summary are pressed with the space bar, a link is not.
  if (target.closest("input[type=range]")) return key !== " " && key !== "[" && key !== "]";
  if (key === " ") return target.closest("button, summary") !== null;
  return target.closest("[role=listbox], .code") !== null && key.startsWith("Arrow");
}

/** Does what the key means. False when it means nothing. */
export function act(transport: Transport, key: string): boolean {
  const keys: Record<string, () => void> = {
    " ": () => transport.toggle(),
    ArrowLeft: () => transport.step(-1),
    ArrowRight: () => transport.step(1),
    Home: () => transport.step(-transport.length),
    End: () => transport.step(transport.length),
    "[": () => faster(transport, -1),
    "]": () => faster(transport, 1),
  };
  keys[key]?.();
  return key in keys;
}

function faster(transport: Transport, by: number): void {
  const now = SPEEDS.indexOf(transport.speed.value);
  transport.speed.value = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, now + by))] ?? 1;
}
