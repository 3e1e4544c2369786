/** Two soldiers on ten steps. BLUE stays behind PURPLE all the way, so all ends well. Spoil it: change one number. */
export const story = {
  /** Milliseconds for a step of the soldier with PURPLE. */
  purplePaceMs: 30,
  /** Milliseconds for a step of the soldier with BLUE. */
  bluePaceMs: 40,
  /** Milliseconds from PURPLE's command to BLUE's. */
  gapMs: 95,
};
