/** The first eight bytes of a connection: "AMQP", then protocol id and version. */

/** The header of AMQP 0-9-1, which a client of this broker sends. */
export const PROTOCOL_HEADER = Buffer.from("AMQP\u0000\u0000\u0009\u0001", "latin1");

/** The header of AMQP 1.0 with SASL: RabbitMQ 4 names it to a client that speaks neither protocol. */
const AMQP_1_0 = Buffer.from("AMQP\u0003\u0001\u0000\u0000", "latin1");

/**
 * The header to send to a client that began with `received` before the socket is closed. Undefined when `received` is the
 * right header, or when its eight bytes are not all there yet.
 */
export function wrongHeaderReply(received: Buffer): Buffer | undefined {
  const header = received.subarray(0, PROTOCOL_HEADER.length);
  if (header.length < PROTOCOL_HEADER.length || header.equals(PROTOCOL_HEADER)) return undefined;
  // RabbitMQ speaks AMQP 1.0 itself. This broker does not, so it tells such a client what it speaks instead.
  const isNear =
    header.equals(AMQP_1_0) || (header.toString("latin1", 0, 6) === "AMQP\0\0" && (header[6] ?? 0) >= 9);
  return isNear ? PROTOCOL_HEADER : AMQP_1_0;
}
