/** The first `count` cases of a law in a short run (SHORT_TESTS=1, as `npm test` sets it); all of them otherwise, as in CI. */
export function someOf<const T>(count: number, cases: readonly T[]): readonly T[] {
  return process.env.SHORT_TESTS === "1" ? cases.slice(0, count) : cases;
}
