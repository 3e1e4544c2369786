/** What helps a player who is stuck: the next move of the shortest way to win from here, or how many moves to take back. */
import type { Position } from "./session.ts";
import { solve } from "./solve.ts";

export type Hint =
  | { readonly kind: "next"; readonly way: string }
  | { readonly kind: "undo"; readonly moves: number }
  /** PURPLE has won. */
  | { readonly kind: "won" }
  /** In this level nobody can win. */
  | { readonly kind: "never" };

/** `dead` is kept from hint to hint of one level: the states from which PURPLE cannot win. */
export async function hintFor(position: Position, dead: Set<string>): Promise<Hint> {
  const { level, moves, result } = position;
  if (level.fewest === undefined) return { kind: "never" };
  if (result === "purple") return { kind: "won" };
  for (let kept = moves.length; kept >= 0; kept--) {
    const { moves: found } = await solve(level, moves.slice(0, kept), dead);
    if (!found) continue;
    if (kept < moves.length) return { kind: "undo", moves: moves.length - kept };
    const [way] = found.slice(kept);
    if (way !== undefined) return { kind: "next", way };
  }
  return { kind: "never" };
}
