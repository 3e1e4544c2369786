/**
 * What can go wrong with a broker, in one line for people: which host, port and vhost, what is wrong, what to try.
 *
 * Invariant: no message and no cause ever holds the URL or the password.
 */
import type { Address } from "./address.ts";

/** The broker refused, is not there, or lost something. The message is one line for people. */
export class AmqpError extends Error {
  override readonly name = "AmqpError";
  /** AMQP's reply code (404, 406 ...) when the broker gave one. */
  readonly code: number | undefined;

  constructor(message: string, code?: number) {
    super(oneLine(message));
    this.code = code;
  }
}

/** The reply code of a refusal by the broker; undefined for everything else, as a lost connection. */
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
export function refused(address: Address, what: string, error: unknown): AmqpError {
  if (error instanceof AmqpError) return error;
  const text = brokerText(error);
  const code = replyCode(error);
  const subject = named(text) ?? what;
  return new AmqpError(`${address.text}: ${subject} ${because(subject, code, text)}`, code);
}

/** The queue or exchange that the broker's own text says is not there: it may be another one than was worked on. */
function named(text: string): string | undefined {
  const [, kind, name] =
    /^(?:no|home node '.*' of durable) (queue|exchange) '(.*)' in vhost/.exec(text) ?? [];
  return name === undefined ? undefined : `${kind} "${name}"`;
}

/** The broker cancelled a consumer. It does not say why. */
export function cancelled(): Error {
  return new Error("the broker cancelled the consumer: its queue was deleted, or its broker is going down");
}

function because(what: string, code: number | undefined, text: string): string {
  switch (code) {
    case 404:
      if (/^home node/.test(text))
        return `cannot be reached: ${text}. Start that broker again; a quorum queue outlives one broker.`;
      return `does not exist (${text}). Start the worker that declares it, or declare it first.`;
    case 403:
      return `is not ours to use (${text}). Give the user of the URL the permission.`;
    case 405:
      return `is locked (${text}). It is another connection's exclusive queue.`;
    case 406:
      return /inequivalent arg/.test(text)
        ? `exists with other arguments: ${text}. Delete it (rabbitmqctl delete_${what.startsWith("queue") ? "queue" : "exchange"} NAME) or ask for it as it is.`
        : `was refused: ${text}.`;
    default:
      return local(text) ?? `failed: ${text.replace(/\.$/, "")}.`;
  }
}

/** What amqplib refuses by itself, before anything reaches the broker; undefined for everything else. */
function local(text: string): string | undefined {
  if (isFull(text))
    return "finds no free AMQP channel: this connection has as many as the broker (channel_max) or AMQP_URL (channelMax) allows.";
  if (/must be a string \(up to 255 chars\)/.test(text))
    return "has a name that does not fit into AMQP: 255 bytes of UTF-8 at most. Give it a shorter name.";
  return undefined;
}

/** The connection has no AMQP channel left: amqplib's own words, it gives no code. */
export function isFull(error: unknown): boolean {
  return /No channels left/.test(String(error));
}

/** Says why no connection came about. `error` is what amqplib or the socket gave. */
export function unreachable(address: Address, error: unknown): AmqpError {
  const { code, message } = facts(error);
  return new AmqpError(`${address.text}: ${diagnosis(code, message, address)}`, replyCode(error));
}

/** Says why the first connection came about nowhere: the failure of the one address, or of all in one line. */
export function noneReachable(failures: readonly AmqpError[]): AmqpError {
  const [first] = failures;
  if (first !== undefined && failures.length === 1) return first;
  const list = failures.map(({ message }) => message).join(" | ");
  return new AmqpError(`none of the ${failures.length} brokers of AMQP_URL can be used: ${list}`);
}

/** Says how a connection ended. It comes back by itself. */
export function lost(address: Address, error: unknown): AmqpError {
  return new AmqpError(`${address.text}: the connection is lost (${brokerText(error)}).`, replyCode(error));
}

function diagnosis(code: string, message: string, address: Address): string {
  const start = "Start one (pnpm broker, or docker compose up) or correct AMQP_URL.";
  if (/Handshake terminated by server: 403/.test(message))
    return `wrong user or password for user "${address.user}". Correct them in AMQP_URL.`;
  // amqplib drops the broker's text here; 530 NOT_ALLOWED is what a broker says at this point.
  if (/Expected ConnectionOpenOk; got <ConnectionClose/.test(message))
    return `no such vhost, or user "${address.user}" may not use it. Correct the path of AMQP_URL, or: rabbitmqctl add_vhost, set_permissions.`;
  if (code === "ECONNREFUSED") return `nobody answers (ECONNREFUSED). ${start}`;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return `no host of this name (${code}). Correct AMQP_URL.`;
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH")
    return `no way to this host (${code}). Correct AMQP_URL.`;
  if (/ETIMEDOUT/.test(code + message)) return `no answer in time. ${start}`;
  if (/abruptly|Invalid protocol|ECONNRESET|EPIPE|frame|Frame/.test(code + message))
    return `something listens there, but it hung up before it spoke AMQP 0-9-1 (${brokerText(message)}). ${start}`;
  return `${brokerText(message)}. ${start}`;
}

/** Node reports a host with several addresses as one error that holds one error for each. */
function facts(error: unknown): { code: string; message: string } {
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const message = inner instanceof Error ? inner.message : String(inner);
  const code = inner instanceof Error && "code" in inner ? String(inner.code) : "";
  return { code, message };
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, " ");
}
