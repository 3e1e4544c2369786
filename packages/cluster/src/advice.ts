/**
 * Advice: what a person can do about an error of the broker, in the words of this repository.
 *
 * The amqp package says what happened, and knows nothing of the variables and commands of the programs around it.
 */
import { AmqpError, type AmqpErrorKind } from "@shirts/amqp";

const ADVICE: Readonly<Record<AmqpErrorKind, string | undefined>> = {
  "invalid-url": "Correct AMQP_URL.",
  "no-host": "Correct AMQP_URL.",
  "no-broker": "Start one (pnpm broker, or docker compose up) or correct AMQP_URL.",
  "not-amqp": "Is that the port of a RabbitMQ? Correct AMQP_URL.",
  "login-refused": "Correct them in AMQP_URL.",
  "vhost-refused": "Correct the path of AMQP_URL, or: rabbitmqctl add_vhost, set_permissions.",
  "too-old": "Name a newer one in AMQP_URL, or put one in its place (docker compose up, or pnpm broker).",
  "not-found": "Start the worker that declares it, or declare it first.",
  unroutable: "Start its worker, or declare it first.",
  // About these the message says what there is to do, or there is nothing to do but wait.
  untrusted: undefined,
  unavailable: undefined,
  refused: undefined,
  full: undefined,
  "invalid-argument": undefined,
  timeout: undefined,
  lost: undefined,
  closed: undefined,
  failed: undefined,
};

/** The error as one line for people: what happened, and what to do about it when the broker is the cause. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const advice = error instanceof AmqpError ? ADVICE[error.kind] : undefined;
  return advice === undefined ? error.message : `${error.message} ${advice}`;
}

/** The same error with `explain`'s line as its message. An error that needs no advice is returned as it is. */
export function withAdvice(error: unknown): unknown {
  if (!(error instanceof AmqpError) || ADVICE[error.kind] === undefined) return error;
  const advised = new Error(explain(error), { cause: error });
  if (error.stack !== undefined) advised.stack = error.stack;
  return advised;
}
