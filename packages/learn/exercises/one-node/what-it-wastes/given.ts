/**
 * One node with v1, ten steps of 20 ms each. Predict what it costs to be right.
 *
 *     PURPLE is commanded at 0 ms: its steps land at 20, 40, 60, ... 200 ms
 *     BLUE is commanded at 50 ms, and waits in the queue until PURPLE is acked
 */

/** How many of PURPLE's steps land after BLUE was commanded? */
export const stale: number = 0;
/** How many steps in all were for nothing: of a command that is not the newest one in the end? */
export const wasted: number = 0;
/** At which millisecond does everybody wear BLUE? */
export const blueAtMs: number = 0;
