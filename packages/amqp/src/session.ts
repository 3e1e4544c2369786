/** What the parts of one `connect` share. */
import type { DeadLetter } from "./dead-letter.ts";
import type { Link } from "./link.ts";
import type { Publisher } from "./publish.ts";

export interface Session {
  /** The connection to consume and to ask questions. Publishing has another: the broker stops reading from connections that publish too much. */
  readonly link: Link;
  readonly publisher: Publisher;
  readonly onDeadLetter: ((letter: DeadLetter) => void) | undefined;
  /** `who` failed and will try again. One line. */
  readonly onTrouble: (who: object, reason: string) => void;
  /** What `who` tried has worked: the same trouble is news again. */
  readonly onOver: (who: object) => void;
  /** What is to be done first when the session closes. */
  readonly onClose: Set<() => Promise<void>>;
}
