/** The keys of the game: 1 to 9 choose, u undoes, r restarts, h gives a hint. */
import { useEffect } from "preact/hooks";

export interface Keys {
  /** From 1. */
  choose(number: number): void;
  undo(): void;
  restart(): void;
  hint(): void;
}

/** Listens while the game is shown. Keys for the browser, and keys that are typed into a field, are not its own. */
export function useKeys(keys: Keys): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      const number = /^[1-9]$/.test(event.key) ? Number(event.key) : 0;
      if (number > 0) keys.choose(number);
      else if (event.key === "u") keys.undo();
      else if (event.key === "r") keys.restart();
      else if (event.key === "h") keys.hint();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [keys]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}
