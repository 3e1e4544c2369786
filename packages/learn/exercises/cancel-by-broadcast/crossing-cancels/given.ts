/**
 * v2: a node that takes a job tells the other to stop. You say when a cancel is heard; PURPLE must win.
 * Do not type the moves: press Enter in `npm run learn`, play, and let it write them here.
 */
import type { Moves } from "@shirts/learn";

export const moves: Moves = [];
