/** What goes wrong between us and the database, in one line for people. */

/** The message is one line: where, what is wrong, what to try. The driver's error is its cause. */
export class TableError extends Error {
  override readonly name: string = "TableError";
}

/** A command's world is gone: a fresh one was prepared. Nothing that works for the old one can go on. */
export class WorldGoneError extends TableError {
  constructor() {
    super("the world that this works for is gone: a fresh one was prepared. Start it again");
  }
}

/** The database has no table of people of this version: none at all, or one that another version of this program made. */
export class NoWorldError extends TableError {
  /** True when another version made one. */
  get isOtherVersion(): boolean {
    return firstFailure(this.cause).code === "42703";
  }
}

/** What PostgreSQL says of a column that it has not; so we say it of a schema of another version. */
export class OtherVersion extends Error {
  readonly code = "42703";
}

/** This server cannot hold the table's promise. The code is the SQLSTATE that fits best; the message is for people. */
export class UnfitServer extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Where a database is, without its password. */
export interface Place {
  /** Host and port, or the file of a socket. */
  readonly at: string;
  readonly database: string;
  readonly user: string;
}

/** A setting that there is not, in DATABASE_URL or PGOPTIONS: it has the code of a type that there is not. */
function isAboutSetting({ code, position }: Failure): boolean {
  return code === "42704" && position === undefined;
}

interface Failure {
  readonly code?: string;
  /** Where in a statement it is; none when it is about no statement. */
  readonly position?: string;
  readonly message: string;
  readonly errors?: readonly Failure[];
}

/** Turns what the driver throws into a TableError. */
export function explain(error: unknown, place: Place): TableError {
  if (error instanceof TableError) return error;
  const { database, user } = place;
  const failure = firstFailure(error);
  const at = `PostgreSQL at ${place.at}`;
  const isMissing = /^(3F000|42P01|42704|42703)$/.test(failure.code ?? "") && !isAboutSetting(failure);
  const Kind = isMissing ? NoWorldError : TableError;
  return new Kind(`${at}: ${reason(failure, { database, user })}`, { cause: error });
}

/** Failures that may be over in a moment: lost connections, a server that restarts, transactions that met. */
const transientCodes =
  /^(08...|57P0[123]|40001|40P01|55P03|53300|ECONN(REFUSED|RESET)|ENOENT|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/;
/** What the driver says, without a code, of connections that end or are silent. */
const transientMessages =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error/;

/** True for a failure after which the same statement may succeed. */
export function isTransient(error: unknown): boolean {
  const { code, message } = firstFailure(error);
  return code === undefined ? transientMessages.test(message) : transientCodes.test(code);
}

/** True when a statement has waited too long for a row: it has done nothing, whatever it was. */
export function isLockTimeout(error: unknown): boolean {
  return firstFailure(error).code === "55P03";
}

/** How an answer can fail to come after the statement was sent. */
const unanswered = /^(57P0[12]|ECONNRESET|EPIPE)$|Query read timeout|Connection terminated/;

/**
 * The failure of a command. Without an answer nobody knows whether it counts: the server may have committed it, or does so
 * later, when the synchronous replica is back that it waits for.
 */
export function explainCommand(error: TableError): TableError {
  const { code, message } = firstFailure(error.cause);
  if (!unanswered.test(code ?? message)) return error;
  return new TableError(
    `${error.message}. A synchronous replica that is away holds up commits, too. The command may count, now or later: \`pnpm president --resend\` sends it if it does`,
    { cause: error.cause },
  );
}

/** True when the server may take the same client over a connection that is encrypted, or over one that is not. */
export function isAboutEncryption(error: unknown): boolean {
  const { code, message } = firstFailure(error);
  return isWithoutTls(message) || (code === "28000" && /pg_hba\.conf/.test(message));
}

/** The driver's words. */
function isWithoutTls(message: string): boolean {
  return /server does not support SSL connections/.test(message);
}

function firstFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: String(error) };
  // A host name with two addresses fails with one error for each.
  const failure = error as Failure;
  return failure.errors?.[0] ?? failure;
}

function reason(failure: Failure, { database, user }: Pick<Place, "database" | "user">): string {
  const { code, message } = failure;
  if (failure instanceof UnfitServer) return message;
  if (isAboutSetting(failure)) return `${message}. Are the options in DATABASE_URL and PGOPTIONS right?`;
  switch (code) {
    case "ECONNREFUSED":
      return "nobody answers there. Is the server started? Without DATABASE_URL, `pnpm world` serves a table of its own";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "no machine has this name. Is the host in DATABASE_URL right?";
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return "no way to that machine. Is the host in DATABASE_URL right, and the network up?";
    case "ENOENT":
      return "there is no such socket. Is the server started, and is this the folder of its sockets (unix_socket_directories)?";
    case "EACCES":
      return "this user may not open that socket. Do the rights of its folder let it?";
    case "28P01":
    case "28000":
      if (/Peer authentication/.test(message))
        return `its socket lets user "${user}" in only when the system's user has the same name. Use a host in DATABASE_URL, or change pg_hba.conf`;
      if (/pg_hba\.conf.*no encryption/.test(message))
        return `it lets user "${user}" in over an encrypted connection only, if at all. Write ?sslmode=require in DATABASE_URL`;
      return `it does not let user "${user}" in. Are name and password in DATABASE_URL right?`;
    case "3D000":
      return `it has no database "${database}". Create it with: createdb ${database}`;
    case "25006":
      return `it may only be read now (${message}). Did it become a standby, or did somebody set it so?`;
    case "08P01":
      return `it does not take what we say (${message}). If a pooler (such as PgBouncer) stands before it, name the server itself in DATABASE_URL`;
    case "53300":
      return "it has no connection left for us. End some other programs, or raise its max_connections";
    case "42501":
      return `user "${user}" may not do this in database "${database}": ${message}. Grant it CREATE on the database`;
    case "3F000":
    case "42P01":
    case "42704":
      return `database "${database}" has no table of people yet. \`npm start\` makes one in it; without DATABASE_URL, \`pnpm world\` serves one that is ready`;
    case "42703":
      return `database "${database}" has a table of people that another version of this program made. \`npm start\` makes one of this version, and what was there is gone; without DATABASE_URL, \`pnpm world\` does`;
    case "55P03":
      return "another session holds what this one needs, and does not let it go. Does somebody have an open transaction on the table, or prepare the world?";
    case "57014":
      return `it cancelled a statement (${message}). Is the machine overloaded, or does another session hold the table?`;
    case "57P01":
    case "57P02":
    case "57P03":
      return `it is shutting down or starting up (${message}). Try again in a moment`;
  }
  if (isWithoutTls(message))
    return "it speaks no TLS, and sslmode in DATABASE_URL demands it. sslmode=prefer does without when it must";
  if (/CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$/.test(code ?? ""))
    return `its certificate is not trusted (${code}: ${message.replace(/\.$/, "")}). sslrootcert=FILE in DATABASE_URL names its authority; sslmode=require does not check`;
  // A server's words may be in any language, so only its code counts. What follows is the driver's.
  if (/^(?=.*\d)[\dA-Z]{5}$/.test(code ?? "")) return message.replaceAll("\n", " ");
  if (/password must be a string|SASL/.test(message)) {
    return `it wants a password for user "${user}", and DATABASE_URL has none`;
  }
  if (/error establishing an SSL connection/.test(message))
    return "it does not answer as PostgreSQL does. Is that port PostgreSQL's?";
  if (message === "Query read timeout")
    return "it has not answered for a long time, on a connection that it took. Is the network up, and the server alive?";
  if (/timeout/i.test(message)) return "it takes connections and does not answer. Is that port PostgreSQL's?";
  if (
    code === "ECONNRESET" ||
    code === "EPIPE" ||
    /Connection terminated|Received unexpected/.test(message)
  ) {
    return "it closed the connection. Was it stopped? And is that port PostgreSQL's?";
  }
  return message.replaceAll("\n", " ");
}
