/** BLUE needs 13 ms for a step: it is behind PURPLE for five steps, and in front of it from the sixth on. */
export const story = {
  purplePaceMs: 30,
  bluePaceMs: 13,
  gapMs: 95,
};
