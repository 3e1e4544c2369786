/** Crossing: both stop, nobody paints. Lost: PURPLE paints on, as in v1. Late: PURPLE stops at 195 ms, and had painted person 5 and 6 last. */
export const endings: Readonly<Record<"crossing" | "lost" | "late", string>> = {
  crossing: "..........",
  lost: "BBBBPPPPPP",
  late: "BBBBPPBBBB",
};
