/** What a reader tells the judge of a table of their own. */

/**
 * What a write says of itself. "again": exactly this part of this command had been written before. "refused" is only for an older
 * command. The newest that comes again is "again". A write that rejects counts as refused.
 */
export type Answer = "written" | "again" | "refused";

/** One write of one command. */
export interface Write<Token> {
  /** Whose data it is. */
  readonly key: string;
  /** What `accept` answered for the command. */
  readonly token: Token;
  /** What is to be written. */
  readonly value: string;
  /** Commands may have parts that are written one by one, also side by side: 0, 1, 2. A table without parts ignores it. */
  readonly part: number;
}

/**
 * A table with a fence, as functions over a session of yours: a client of `pg`, a PGlite, or whatever your store needs. When it has
 * `query(text, values)`, each statement of `accept` and `write` is held where the judge wants it; so send them over the session that
 * you are given, and no other.
 */
export interface FencedTable<Session = unknown, Token = unknown> {
  /** Opens a session of its own: two executors have two. */
  connect(): Promise<Session>;
  /** Ends it. In the middle of a transaction it is what the judge takes for a crash. */
  disconnect?(session: Session): Promise<unknown>;
  /** Makes a key that no command has used, and answers it. Without it, a key is a word that comes once. */
  fresh?(session: Session): Promise<string>;
  /** Accepts a newer command for the key, and answers what its writes have to show. */
  accept(session: Session, key: string): Promise<Token>;
  /** Writes, if no newer command was accepted. */
  write(session: Session, write: Write<Token>): Promise<Answer>;
  /** What is in the table for part 0 of the key; undefined when nothing is. */
  read(session: Session, key: string): Promise<string | undefined>;
  /** Removes the data of a key, for this newest command. */
  remove?(session: Session, key: string, token: Token): Promise<unknown>;
  /** What your people do when the table begins anew: restores a backup, truncates, migrates, with all that your runbook says. */
  beginAnew?(session: Session): Promise<unknown>;
}
