/** The fewest moves from a position to a win: breadth first, each state once. */
import type { Level } from "./levels.ts";
import { type Position, positionAfter } from "./session.ts";

export interface Solution {
  /** The moves from the start of the story, those of the position first; undefined when PURPLE cannot win from there. */
  readonly moves: readonly string[] | undefined;
  /** How many positions were looked at. */
  readonly positions: number;
}

/**
 * Finds the fewest moves. `dead` holds the keys of states from which PURPLE cannot win: it looks at none of them, and adds what
 * it learns. Throws NoSuchMoveError.
 */
export async function solve(
  level: Level,
  moves: readonly string[],
  dead: Set<string> = new Set(),
): Promise<Solution> {
  const seen = new Set<string>();
  let row: Position[] = [await positionAfter(level, moves)];
  let positions = 1;
  while (row.length > 0) {
    const won = row.find(({ result }) => result === "purple");
    if (won) return { moves: won.moves, positions };
    const next: Position[] = [];
    for (const { moves: before, ways } of row)
      for (const way of ways) {
        const position = await positionAfter(level, [...before, way]);
        positions++;
        const { key, result } = position;
        if (result === "purple") return { moves: position.moves, positions };
        if (key !== undefined) {
          if (seen.has(key) || dead.has(key)) continue;
          seen.add(key);
        }
        if (result === undefined) next.push(position);
      }
    row = next;
  }
  for (const key of seen) dead.add(key);
  return { moves: undefined, positions };
}
