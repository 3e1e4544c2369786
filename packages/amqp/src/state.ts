/** Mood: what two connections together tell the outside, each change once. */
import type { LinkListener } from "./link.ts";
import { tell } from "./wait.ts";

export interface State {
  /**
   * `disconnected`: a connection was lost; it comes back by itself. `connected`: everything is back, every consumption,
   * subscription and claim. `failed`: an attempt failed, more will follow; told once for each new reason, and again
   * when the same comes back after it was over.
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
  /** What each of those who try again has told last. */
  #troubles = new WeakMap<object, string>();

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

  /** `who` failed and will try again. The same reason is told once, until it is over. */
  trouble(who: object, reason: string): void {
    if (this.#troubles.get(who) === reason) return;
    this.#troubles.set(who, reason);
    this.#tell({ state: "failed", reason });
  }

  /** What `who` tried has worked. */
  over(who: object): void {
    this.#troubles.delete(who);
  }

  /** A listener for one of the links. `onBlocked` gets the reason, and undefined when it is over. */
  listen(onBlocked?: (reason: string | undefined) => void): LinkListener {
    const listener: LinkListener = {
      up: () => {
        if (this.#down.delete(listener) && this.#down.size === 0) this.#tell({ state: "connected" });
      },
      down: (reason) => {
        onBlocked?.(undefined);
        const isNews = this.#down.size === 0;
        this.#down.add(listener);
        if (isNews) this.#tell({ state: "disconnected", reason });
      },
      failed: (who, reason) => this.trouble(who, reason),
      over: (who) => this.over(who),
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
