/** Mood: what two connections together tell the outside, each change once. */
import type { LinkListener } from "./link.ts";
import { tell } from "./wait.ts";

export interface State {
  /**
   * `disconnected`: a connection was lost; it comes back by itself. `connected`: everything is back.
   * `failed`: an attempt failed, more will follow; told once for each new reason.
   * `blocked`: the broker is short of memory or disk and takes no messages until `unblocked`; jobs still arrive.
   */
  readonly state: "connected" | "disconnected" | "blocked" | "unblocked" | "failed";
  /** One line. */
  readonly reason?: string;
}

export class Mood {
  #onState: ((state: State) => void) | undefined;
  #isTelling = false;
  #down = new Set<LinkListener>();
  #lastTrouble = "";

  constructor(onState: ((state: State) => void) | undefined) {
    this.#onState = onState;
  }

  /** The first connection stands: from now on, changes are news. */
  begin(): void {
    this.#isTelling = true;
  }

  /** We close: what follows is no news. */
  end(): void {
    this.#isTelling = false;
  }

  trouble(reason: string): void {
    if (reason === this.#lastTrouble) return;
    this.#lastTrouble = reason;
    this.#tell({ state: "failed", reason });
  }

  /** A listener for one of the links. `onBlocked` gets the reason, and undefined when it is over. */
  listen(onBlocked?: (reason: string | undefined) => void): LinkListener {
    const listener: LinkListener = {
      up: () => {
        if (this.#down.delete(listener) && this.#down.size === 0) {
          this.#lastTrouble = "";
          this.#tell({ state: "connected" });
        }
      },
      down: (reason) => {
        onBlocked?.(undefined);
        const isNews = this.#down.size === 0;
        this.#down.add(listener);
        if (isNews) this.#tell({ state: "disconnected", reason });
      },
      failed: (reason) => this.trouble(reason),
      blocked: (reason) => {
        onBlocked?.(reason);
        this.#tell({ state: "blocked", reason });
      },
      unblocked: () => {
        onBlocked?.(undefined);
        this.#tell({ state: "unblocked" });
      },
    };
    return listener;
  }

  #tell(state: State): void {
    if (this.#isTelling) tell(this.#onState, state);
  }
}
