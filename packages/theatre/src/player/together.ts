/** Several players of the same story, at the same virtual time: one transport moves them all. */
import { batch, effect } from "@preact/signals";
import type { Player } from "./player.ts";
import { Transport } from "./transport.ts";

interface Step {
  readonly player: number;
  readonly at: number;
}

export class Together extends Transport {
  readonly #players: readonly Player[];
  readonly #order: readonly Step[];
  readonly #end: () => void;

  /** The players' traces must not grow. */
  constructor(players: readonly Player[]) {
    const order = players
      .flatMap(({ trace }, player) => trace.map(({ at }): Step => ({ player, at })))
      .toSorted((a, b) => a.at - b.at);
    super(order.map(({ at }) => at));
    this.#players = players;
    this.#order = order;
    this.#end = effect(() => this.#follow(this.position.value));
  }

  /** Leaves the players where they are. */
  end(): void {
    this.pause();
    this.#end();
  }

  /** The common position at which this player has so many events behind it. */
  positionOf(player: Player, position: number): number {
    const which = this.#players.indexOf(player);
    let left = position;
    if (left <= 0) return 0;
    return this.#order.findIndex((step) => step.player === which && --left === 0) + 1;
  }

  #follow(position: number): void {
    const counts = this.#players.map(() => 0);
    for (const { player } of this.#order.slice(0, position)) counts[player] = (counts[player] ?? 0) + 1;
    batch(() => {
      this.#players.forEach((player, index) => {
        player.seek(counts[index] ?? 0);
      });
    });
  }
}
