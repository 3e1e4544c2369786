/**
 * The TCP server: accepts connections within its limits, watches memory, and ends everything on close.
 *
 * 1. It listens on loopback only, because everybody knows its user and password.
 * 2. Above `memoryBytes` it does not read from publishers until a fifth of it is free again.
 */
import type { Server, Socket } from "node:net";
import { VirtualHost } from "./engine/virtual-host.ts";
import { listenOn, portOf } from "./listen.ts";
import type { Broker } from "./session/broker.ts";
import { Connection } from "./session/connection.ts";
import { DeprecatedFeatures } from "./session/deprecated-features.ts";
import { defaultLimits, type Limits } from "./session/limits.ts";
import { PROTOCOL_HEADER, wrongHeaderReply } from "./session/protocol-header.ts";

export interface BrokerOptions {
  /** The port to listen on. 0, the default, takes a free one. */
  readonly port?: number;
  /** The loopback address to listen on. Default: localhost, which is 127.0.0.1 and ::1. */
  readonly host?: string;
  /** The heartbeat interval that the broker proposes; the client decides. Default: 60. 0 proposes none. */
  readonly heartbeatSeconds?: number;
  /** What one client, and all clients together, may use. */
  readonly limits?: Partial<Limits>;
  /** Called with an error of the broker itself, which ends only the connection at hand. Default: prints it to stderr. */
  readonly onBug?: (error: unknown) => void;
  /** Called with RabbitMQ's warning when a client first uses a deprecated feature. Default: nobody is told. */
  readonly onWarning?: (text: string) => void;
}

export interface RunningBroker {
  /** For clients: `amqp://guest:guest@127.0.0.1:PORT`. */
  readonly url: string;
  readonly port: number;
  /** Closes every connection (320 CONNECTION_FORCED) and the port; resolves when all of them are closed. */
  close(): Promise<void>;
}

const HANDSHAKE_MS = 10_000;
/** The sockets that sent the protocol header: each has a Connection that ends it. */
const greeted = new WeakSet<Socket>();

/**
 * Starts a broker. Resolves when it listens; rejects when the port is taken or the host is not loopback.
 *
 * @example
 * ```ts
 * const broker = await startBroker();
 * const connection = await connect(broker.url);
 * const amqpChannel = await connection.createChannel();
 * await amqpChannel.assertQueue("shirts");
 * amqpChannel.sendToQueue("shirts", Buffer.from("purple"));
 * const message = await amqpChannel.get("shirts", { noAck: true });
 * await connection.close();
 * await broker.close();
 * ```
 */
export async function startBroker(options: BrokerOptions = {}): Promise<RunningBroker> {
  const { port = 0, host = "localhost" } = options;
  const connections = new Set<Connection>();
  const sockets = new Set<Socket>();
  const broker: Broker = {
    virtualHost: new VirtualHost(),
    limits: { ...defaultLimits, ...options.limits },
    heartbeatSeconds: options.heartbeatSeconds ?? 60,
    directReplies: new Map(),
    onBug: options.onBug ?? ((error) => console.error("the embedded broker has a bug:", error)),
    deprecated: new DeprecatedFeatures(options.onWarning ?? (() => {})),
    onClosed: (connection) => connections.delete(connection),
  };
  watchMemory(broker, connections);
  const servers = await listenOn(host, port, (socket) => {
    // A socket counts from the start, also when it never sends a byte.
    if (sockets.size >= broker.limits.connections) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    greet(socket, broker, connections);
  });
  const boundPort = portOf(servers[0]);
  return {
    port: boundPort,
    url: `amqp://guest:guest@${host === "::1" ? "[::1]" : "127.0.0.1"}:${boundPort}`,
    close: () => shutDown(servers, broker, connections, sockets),
  };
}

/** Waits for the protocol header. As AMQP demands, a client that sends anything else gets the right header and is closed. */
function greet(socket: Socket, broker: Broker, connections: Set<Connection>): void {
  socket.on("error", () => {});
  let connection: Connection | undefined;
  const timer = setTimeout(() => {
    if (!connection?.isOpen) socket.destroy();
  }, HANDSHAKE_MS);
  socket.once("close", () => clearTimeout(timer));
  let received = Buffer.alloc(0);
  const onData = (chunk: Buffer): void => {
    received = Buffer.concat([received, chunk]);
    const reply = wrongHeaderReply(received);
    if (reply) {
      socket.end(reply);
      setTimeout(() => socket.destroy(), 1_000).unref();
    } else if (received.length >= PROTOCOL_HEADER.length) {
      socket.off("data", onData);
      connection = new Connection(socket, broker);
      connections.add(connection);
      greeted.add(socket);
      connection.start(received.subarray(PROTOCOL_HEADER.length));
    }
  };
  socket.on("data", onData);
}

function watchMemory(broker: Broker, connections: ReadonlySet<Connection>): void {
  let isAlarmed = false;
  const { memoryBytes } = broker.limits;
  broker.virtualHost.onMemory = (heldBytes) => {
    if (isAlarmed ? heldBytes > memoryBytes * 0.8 : heldBytes <= memoryBytes) return;
    isAlarmed = !isAlarmed;
    for (const connection of connections) connection.alarm(isAlarmed);
  };
}

async function shutDown(
  servers: readonly Server[],
  broker: Broker,
  connections: ReadonlySet<Connection>,
  sockets: ReadonlySet<Socket>,
): Promise<void> {
  const closed = Promise.all(
    servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))),
  );
  for (const connection of [...connections]) connection.shutdown();
  for (const socket of [...sockets]) if (!greeted.has(socket)) socket.destroy();
  await closed;
  broker.virtualHost.close();
}
