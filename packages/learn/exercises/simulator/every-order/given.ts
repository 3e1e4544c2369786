/**
 * v4's whole story: jobs, cancels and steps may all be late. Find an order of events in which PURPLE wins.
 * If there is none, say how many orders there are: press Enter in `npm run learn`, and let it count them all.
 */
import type { Moves } from "@shirts/learn";

export const moves: Moves = [];

/** How many orders of events were counted, none of them with PURPLE in the end. */
export const orders = 0;
