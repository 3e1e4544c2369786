/**
 * The errors of AMQP 0-9-1 by reply code.
 *
 * 1. A soft error (a channel exception) closes the AMQP channel at hand, a hard one the connection.
 * 2. The reply text is RabbitMQ's: the code's name, " - ", and what is wrong.
 */

const CODES = {
  CONTENT_TOO_LARGE: [311, "soft"],
  CONNECTION_FORCED: [320, "hard"],
  ACCESS_REFUSED: [403, "soft"],
  NOT_FOUND: [404, "soft"],
  RESOURCE_LOCKED: [405, "soft"],
  PRECONDITION_FAILED: [406, "soft"],
  FRAME_ERROR: [501, "hard"],
  COMMAND_INVALID: [503, "hard"],
  CHANNEL_ERROR: [504, "hard"],
  UNEXPECTED_FRAME: [505, "hard"],
  RESOURCE_ERROR: [506, "hard"],
  NOT_ALLOWED: [530, "hard"],
  NOT_IMPLEMENTED: [540, "hard"],
  INTERNAL_ERROR: [541, "hard"],
} as const;

export type ErrorName = keyof typeof CODES;

/** A protocol error. The connection turns it into a close method. */
export class AmqpError extends Error {
  override readonly name = "AmqpError";
  readonly code: number;
  readonly isHard: boolean;

  constructor(errorName: ErrorName, text: string) {
    // A short string holds 255 bytes. RabbitMQ cuts at 252 and adds dots.
    const whole = `${errorName} - ${text}`;
    super(whole.length > 255 ? `${whole.slice(0, 252)}...` : whole);
    const [code, severity] = CODES[errorName];
    this.code = code;
    this.isHard = severity === "hard";
  }
}

/** Bytes as RabbitMQ's texts show them: `<<1,2,3>>`, or `<<"abc">>` if all of them are printable. */
export function bytesText(bytes: Buffer): string {
  const isText = bytes.length > 0 && bytes.every((byte) => byte >= 32 && byte < 127);
  return `<<${isText ? `"${bytes.toString("latin1")}"` : [...bytes].join(",")}>>`;
}

/** A FRAME_ERROR that shows the frame's type and first bytes. */
export function frameError(type: number, payload: Buffer, problem: string): AmqpError {
  const isShort = payload.length <= 16;
  const snippet = bytesText(isShort ? payload : payload.subarray(0, 16));
  return new AmqpError(
    "FRAME_ERROR",
    `type ${type}, ${isShort ? "all" : "first 16"} octets = ${snippet}: ${problem}`,
  );
}
