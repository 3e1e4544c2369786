/** The level that cannot be won: the file says so, and how many orders of events its writer has counted. */
import counts from "@shirts/sim/counts.json" with { type: "json" };
import { type Exercise, exercise } from "../exercise.ts";
import type { Moves } from "../index.ts";
import { playLevel } from "./game.ts";
import { levelNamed, notWon, replaced, story, withMoves } from "./scheduler.ts";

interface ClaimModule {
  readonly moves: Moves;
  readonly orders: number;
}

const LEVEL = "v4";
const COUNTED = counts.v4.none.ways;

/** v4's level. The simulator's own tests hold the number that is claimed. */
export function unwinnable(
  text: Pick<Exercise<ClaimModule>, "task" | "hints" | "given" | "solution">,
): Exercise {
  const level = levelNamed(LEVEL);
  return exercise<ClaimModule>({
    ...text,
    law: "PURPLE wins, or all orders of events are counted and it wins in none",
    async run({ moves, orders }, print) {
      for (const line of await story(level, moves)) print(line);
      print(`claimed: ${orders} orders, and PURPLE wins in none`);
    },
    async complaint({ moves, orders }) {
      if (moves.length > 0) {
        const why = await notWon(level, moves);
        return why && `this order does not show that PURPLE can win: ${why}`;
      }
      if (orders === COUNTED) return undefined;
      const seen = orders === 0 ? "nothing was counted" : `${orders} orders are not all of them`;
      return `${seen}: one order that was not looked at could be the one in which PURPLE wins, so "I found none" is no proof`;
    },
    async play(player) {
      const played = await playLevel(level, player);
      if (!played) return undefined;
      if (played.type === "won") return withMoves(player.text, played.position);
      return replaced(
        player.text,
        /export const orders = [^;]*;/,
        `export const orders = ${grouped(played.orders)};`,
      );
    },
  });
}

/** 6_930_381 */
function grouped(orders: number): string {
  return orders.toLocaleString("en-US").replaceAll(",", "_");
}
