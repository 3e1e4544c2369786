/**
 * v3 on two nodes and ten people. Three stories; predict how each one ends. A letter for each person: P, B, or . for white.
 *
 * 1. crossing: PURPLE and BLUE are commanded in the same millisecond. A step takes 10 ms, a cancel 5 ms to each node.
 * 2. lost:     PURPLE at 0 ms, 30 ms a step. BLUE at 95 ms, 10 ms a step. The cancel to PURPLE's node is lost.
 * 3. late:     as `lost`, but the cancel is only slow: it needs 100 ms to PURPLE's node.
 */
export const endings: Readonly<Record<"crossing" | "lost" | "late", string>> = {
  crossing: "BBBBBBBBBB",
  lost: "BBBBBBBBBB",
  late: "BBBBBBBBBB",
};
