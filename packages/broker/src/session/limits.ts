/** The limits of the broker: what one client, and all clients together, may use. */
export interface Limits {
  /** Bytes of one whole frame. A client may ask for less. */
  readonly frameMax: number;
  /** AMQP channels per connection. */
  readonly amqpChannelMax: number;
  readonly connections: number;
  /** Bytes of one message's body. */
  readonly messageBytes: number;
  /** Bytes of all messages. Publishers wait (connection.blocked) while there are more. */
  readonly memoryBytes: number;
  /** Milliseconds that a delivery of a quorum queue may stay unacked, unless its queue or its consumer says another number. */
  readonly consumerTimeoutMs: number;
  /** Bytes that may wait for a client that does not read. Above it the client gets no deliveries and is not read from. */
  readonly unsentBytes: number;
}

export const defaultLimits: Limits = {
  frameMax: 131_072,
  amqpChannelMax: 2_047,
  connections: 1_024,
  messageBytes: 134_217_728,
  memoryBytes: 536_870_912,
  consumerTimeoutMs: 1_800_000,
  unsentBytes: 4_194_304,
};
