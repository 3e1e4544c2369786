/**
 * Two nodes, two people, PURPLE before BLUE. You say what happens next, and PURPLE must win.
 * Do not type the moves: press Enter in `npm run learn`, play, and let it write them here.
 */
import type { Moves } from "@shirts/learn";

export const moves: Moves = ["command 1", "pace n2 1", "pace n2 2"];
