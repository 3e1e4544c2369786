/** BLUE walks a step in 13 ms: it is behind PURPLE for five steps, and in front of it from the sixth on. */
export const schedule = {
  purplePaceMs: 30,
  bluePaceMs: 13,
  gapMs: 95,
};
