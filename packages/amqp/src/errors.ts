/**
 * Errors: what went wrong with a broker, as one line for people and as a `kind` for programs.
 *
 * A line says where it happened (host, port, vhost, queue) and what the cause was. What a person should do about it
 * depends on the program around this library, so that program adds it.
 *
 * Invariant: no message ever holds the URL or the password, and no error has a cause that might.
 */

/** What kind of thing went wrong: a program chooses by it what to do or to advise. */
export type AmqpErrorKind =
  /** A URL cannot be read, or there is none. */
  | "invalid-url"
  /** The host's name is unknown, or there is no way to the host. */
  | "no-host"
  /** Nobody listens at that address. */
  | "no-broker"
  /** What listens there does not speak AMQP 0-9-1: it says something else, hangs up, or says nothing in time. */
  | "not-amqp"
  /** The broker's certificate is not of an authority that this machine knows, or is for another name. */
  | "untrusted"
  /** The broker does not accept user and password. */
  | "login-refused"
  /** The vhost does not exist, or the user may not use it. */
  | "vhost-refused"
  /** The broker is a RabbitMQ of a version that this does not work on. */
  | "too-old"
  /** A queue or exchange does not exist. */
  | "not-found"
  /** The message reached no queue. It is certain that nothing was stored. */
  | "unroutable"
  /** A classic queue exists, and the one broker that has it is down. */
  | "unavailable"
  /** The broker refused the work for another reason; `code` says which. */
  | "refused"
  /** Too many messages wait for their confirms, or the connection has no free AMQP channel. */
  | "full"
  /** A prefetch or a name that AMQP cannot express. */
  | "invalid-argument"
  /** There was no connection, no answer or no confirm in time. */
  | "timeout"
  /** The connection was lost. It comes back by itself. */
  | "lost"
  /** The connection was closed by this program. */
  | "closed"
  /** Anything else. */
  | "failed";

/**
 * The broker refused something, is not there, or lost something. The message is one line for people.
 *
 * @example
 * const error = await rabbit.depth("no_such_queue").catch((error: AmqpError) => error);
 * error instanceof AmqpError && [error.kind, error.code]; // => ["not-found", 404]
 */
export class AmqpError extends Error {
  override readonly name = "AmqpError";
  /** What kind of thing went wrong. */
  readonly kind: AmqpErrorKind;
  /** AMQP's reply code (404, 406 ...) when the broker gave one. */
  readonly code: number | undefined;

  constructor(kind: AmqpErrorKind, message: string, code?: number) {
    super(oneLine(message));
    this.kind = kind;
    this.code = code;
  }
}

/** A broker as its errors name it. */
export interface BrokerName {
  /** `broker at HOST:PORT, vhost "V"`. */
  readonly text: string;
  readonly user: string;
}

/** The broker's reply code of a refusal. Undefined for everything else, such as a lost connection. */
export function replyCode(error: unknown): number | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "number" ? code : undefined;
}

/** RabbitMQ's own text of a refusal, without amqplib's frame around it. */
export function brokerText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const quoted = /with message "(.*)"/s.exec(message)?.[1] ?? message;
  return oneLine(quoted.replace(/^[A-Z_]+ - /, ""));
}

/** Turns what amqplib threw for work on `what` (`queue "v1_jobs"`) into an AmqpError. An AmqpError stays as it is. */
export function refused(broker: BrokerName, what: string, error: unknown): AmqpError {
  if (error instanceof AmqpError) return error;
  const text = brokerText(error);
  const code = replyCode(error);
  const subject = named(text) ?? what;
  const [kind, reason] = local(text) ?? refusal(broker, subject, code, text);
  return new AmqpError(kind, `${broker.text}: ${subject} ${reason}`, code);
}

/** The queue or exchange that the broker's own text says is not there: it may be another one than was worked on. */
function named(text: string): string | undefined {
  const [, kind, name] =
    /^(?:no|home node '.*' of durable) (queue|exchange) '(.*)' in vhost/.exec(text) ?? [];
  return name === undefined ? undefined : `${kind} "${name}"`;
}

function refusal(
  broker: BrokerName,
  what: string,
  code: number | undefined,
  text: string,
): [AmqpErrorKind, string] {
  switch (code) {
    case 404:
      return /^home node/.test(text)
        ? [
            "unavailable",
            `cannot be reached: ${text}. Start that broker again; a quorum queue outlives one broker.`,
          ]
        : ["not-found", `does not exist (${text}).`];
    case 403:
      return ["refused", `may not be used (${text}). Give the user the permission.`];
    case 405:
      return ["refused", `is held by another connection (${text}).`];
    case 406:
      if (/^delivery acknowledgement on channel \d+ timed out/.test(text))
        return ["refused", heldTooLong(text)];
      return /inequivalent arg/.test(text)
        ? ["refused", `exists with other arguments: ${text}. ${remedy(what, broker)}`]
        : ["refused", `was refused: ${text}.`];
    default:
      return [code === undefined ? "failed" : "refused", `failed: ${text.replace(/\.$/, "")}.`];
  }
}

/** RabbitMQ 4.3.6 names a wrong time here, -1: it is left out then. */
function heldTooLong(text: string): string {
  const [, ms] = /Timeout value used: (\d+) ms/.exec(text) ?? [];
  return `took back a job that was held for longer than consumer_timeout${ms === undefined ? "" : ` (${ms} ms)`} allows.`;
}

/** Arguments cannot be changed. rabbitmqctl deletes queues; exchanges only rabbitmqadmin. */
function remedy(what: string, { text }: BrokerName): string {
  const [, kind, name] = /^(queue|exchange) "(.*)"$/.exec(what) ?? [];
  const vhost = /vhost "(.*)"$/.exec(text)?.[1] ?? "/";
  const where = vhost === "/" ? "" : ` --vhost ${vhost}`;
  if (kind === "queue")
    return `End its programs and delete it, with the messages in it (rabbitmqctl delete_queue ${name}${where}), or use another name.`;
  return `End its programs and delete it (rabbitmqadmin${where} delete exchange name=${name ?? "NAME"}), or use another name.`;
}

/** What amqplib refuses by itself, before anything reaches the broker. Undefined for everything else. */
function local(text: string): [AmqpErrorKind, string] | undefined {
  if (isOutOfChannels(text))
    return [
      "full",
      "finds no free AMQP channel: this connection has as many as the broker (channel_max) or the URL (channelMax) allows.",
    ];
  if (/must be a string \(up to 255 chars\)/.test(text))
    return [
      "invalid-argument",
      "has a name that does not fit into AMQP: 255 bytes of UTF-8 at most. Give it a shorter name.",
    ];
  return undefined;
}

/** The connection has no AMQP channel left. These are amqplib's own words; it gives no code. */
export function isOutOfChannels(error: unknown): boolean {
  return /No channels left/.test(String(error));
}

/** Says why no connection came about. `error` is what amqplib or the socket gave. An AmqpError stays as it is. */
export function unreachable(broker: BrokerName, error: unknown): AmqpError {
  if (error instanceof AmqpError) return error;
  const [kind, reason] = diagnosis(facts(error), broker);
  return new AmqpError(kind, `${broker.text}: ${reason}`, replyCode(error));
}

/** Says why the first connection came about nowhere: the failure of the one address, or of all in one line. */
export function noneReachable(failures: readonly AmqpError[]): AmqpError {
  const [first] = failures;
  if (first !== undefined && failures.length === 1) return first;
  const list = failures.map(({ message }) => message).join(" | ");
  const isOfOneKind = failures.every(({ kind }) => kind === first?.kind);
  return new AmqpError(
    isOfOneKind && first ? first.kind : "no-broker",
    `none of the ${failures.length} brokers can be used: ${list}`,
  );
}

/** Says how a connection ended. */
export function lost(broker: BrokerName, error: unknown): AmqpError {
  const text = `${broker.text}: the connection is lost (${brokerText(error)}).`;
  return new AmqpError("lost", text, replyCode(error));
}

/** A consumer was cancelled that held so many jobs. The broker does not say why. */
export function cancelled(held: number): Error {
  const late = held === 0 ? "" : "it held a job for longer than consumer_timeout allows, ";
  return new Error(
    `the broker cancelled the consumer: ${late}its queue was deleted, or its broker is going down`,
  );
}

interface Facts {
  readonly code: string;
  readonly message: string;
}

function diagnosis({ code, message }: Facts, { user }: BrokerName): [AmqpErrorKind, string] {
  if (/Handshake terminated by server: 403/.test(message))
    return ["login-refused", `wrong user or password for user "${user}".`];
  // amqplib drops the broker's text here. 530 NOT_ALLOWED is what a broker says at this point.
  if (/Expected ConnectionOpenOk; got <ConnectionClose/.test(message))
    return ["vhost-refused", `no such vhost, or user "${user}" may not use it.`];
  if (code === "ECONNREFUSED") return ["no-broker", `nobody answers (${code}).`];
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return ["no-host", `no host of this name (${code}).`];
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH") return ["no-host", `no way to this host (${code}).`];
  if (/ETIMEDOUT/.test(code + message)) return ["not-amqp", "no answer in time."];
  if (/CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$/.test(code))
    return [
      "untrusted",
      `its certificate is not trusted (${code}: ${brokerText(message).replace(/\.$/, "")}). NODE_EXTRA_CA_CERTS names the file of its authority.`,
    ];
  if (/^ERR_SSL_/.test(code))
    return [
      "not-amqp",
      `something listens there, but it does not speak TLS (${code}). amqp:// is without TLS.`,
    ];
  if (/Invalid protocol|frame/i.test(message))
    return ["not-amqp", "something listens there, but what it says is not AMQP 0-9-1."];
  if (/abruptly|ECONNRESET|EPIPE/.test(code + message))
    return [
      "not-amqp",
      `something listens there, but it hung up before it spoke AMQP 0-9-1 (${brokerText(message)}).`,
    ];
  return ["failed", `${brokerText(message).replace(/\.$/, "")}.`];
}

/** Node reports a host with several addresses as one error that holds one error for each. */
function facts(error: unknown): Facts {
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const message = inner instanceof Error ? inner.message : String(inner);
  const code = inner instanceof Error && "code" in inner ? String(inner.code) : "";
  return { code, message };
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, " ");
}
