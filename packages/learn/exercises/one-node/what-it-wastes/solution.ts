/** Two steps land before 50 ms and eight after; all ten are for nothing; BLUE begins at 200 ms and needs 200 ms itself. */
export const stale: number = 8;
export const wasted: number = 10;
export const blueAtMs: number = 400;
