/**
 * v4 without its fence: all know the order, and an old job is dropped. But a step needs time to come to the table.
 * Do not type the moves: press Enter in `npm run learn`, play, and let it write them here.
 */
import type { Moves } from "@shirts/learn";

export const moves: Moves = [
  "pace n1 1",
  "command 1",
  "pace n2 1",
  "n2 sql 2 paint c2 0",
  "n1 sql 2 paint c1 0",
];
