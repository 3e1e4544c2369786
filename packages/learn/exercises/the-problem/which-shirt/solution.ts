/** BLUE reaches the fifth person at 145 ms, five before PURPLE does: from there on PURPLE comes by last. */
export const bar: string = "BBBBPPPPPP";
