/**
 * v2 on a perfect network: all messages arrive at once. But one node may freeze, and wake up. PURPLE must win.
 * Do not type the moves: press Enter in `npm run learn`, play, and let it write them here.
 */
import type { Moves } from "@shirts/learn";

export const moves: Moves = [];
