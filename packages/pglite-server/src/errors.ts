/** The server cannot be started, or its database has failed. The message is one line: what is wrong, what to try. */
export class ServeError extends Error {
  override readonly name = "ServeError";
}
