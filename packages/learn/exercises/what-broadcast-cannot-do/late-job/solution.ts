/**
 * v3 runs many jobs at a time, and hears each cancel at once. You say when a job arrives; PURPLE must win.
 * Do not type the moves: press Enter in `npm run learn`, play, and let it write them here.
 */
import type { Moves } from "@shirts/learn";

export const moves: Moves = ["command 1", "job c2.1→n2", "job c1.1→n1"];
