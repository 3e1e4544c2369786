/** The input is to blame: a flag, a word or the environment. The message is one line for people, and says what would be good. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
