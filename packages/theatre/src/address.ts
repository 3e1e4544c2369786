/**
 * The address of the page: its part behind "#" holds the mode and all that it shows, so that a link opens the same.
 * `#watch`, `#watch/STATE`, `#schedule/STATE` and so on; STATE belongs to the mode.
 */
import { signal } from "@preact/signals";

export const modes = ["watch", "schedule", "chance", "live", "replay"] as const;

export type Mode = (typeof modes)[number];

export interface Address {
  readonly mode: Mode;
  /** What the mode has written, as it stands in the address. */
  readonly state: string;
}

/** Where the page is. A mode reads its state from here, and writes it with `go`. */
export const address = signal<Address>(parse(globalThis.location?.hash ?? ""));

/** The page stands inside another one, as `?embed#…`: it shows one scene without the rest. */
export const isEmbedded = new URLSearchParams(globalThis.location?.search ?? "").has("embed");

/** The address in `hash`; of an unknown mode, the first mode's. */
export function parse(hash: string): Address {
  const [name = "", ...rest] = hash.replace(/^#/, "").split("/");
  const mode = modes.find((one) => one === name) ?? "watch";
  return { mode, state: rest.join("/") };
}

/** Goes to a mode, and to its top. `replace` keeps the history short: for each move of a slider, say. */
export function go(mode: Mode, state = "", replace = false): void {
  const hash = `#${mode}${state === "" ? "" : `/${state}`}`;
  if (replace) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
  const isOther = mode !== address.peek().mode;
  address.value = { mode, state };
  if (isOther) scrollTo(0, 0);
}

/** Follows the browser's own back and forward, and a link that somebody types. */
export function follow(): void {
  addEventListener("popstate", () => {
    address.value = parse(location.hash);
  });
}
