/**
 * v2 on a perfect network: all messages arrive at once. But one node may freeze, and wake up. PURPLE must win.
 * Do not type the moves: press Enter in `npm run learn`, play, and let it write them here.
 */
import type { Moves } from "@shirts/learn";

export const moves: Moves = ["pause n1", "command 0", "wake n1", "command 1", "job c1.1→n1"];
