/**
 * The transport of one connection: the frames on its socket, heartbeats and back pressure.
 *
 * 1. Everything that is sent within one event-loop turn goes out in one write.
 * 2. While a client does not read its socket, the broker does not read from it either. `isStalled` is true until the
 *    socket has drained.
 * 3. A client that sends nothing for two heartbeat intervals counts as dead, and its socket is destroyed.
 */
import type { Socket } from "node:net";
import { FRAME, type Frame, FrameParser, writeContent, writeFrame } from "../wire/frames.ts";
import { type Args, encodeMethod, type MethodName } from "../wire/methods.ts";
import { Writer } from "../wire/writer.ts";

export interface TransportEvents {
  /** Called for each frame, in order. */
  onFrame(frame: Frame): void;
  /** Called when all frames of one piece of input are handled. */
  onIdle(): void;
  /** Called for a frame that cannot be parsed; no frame follows. */
  onError(error: unknown): void;
  /** Called when a socket that was stalled has room again. */
  onDrain(): void;
  onClose(): void;
}

export class Transport {
  frameMax: number;
  readonly #socket: Socket;
  readonly #events: TransportEvents;
  readonly #parser: FrameParser;
  readonly #writer = new Writer();
  readonly #unsentMax: number;
  #isFlushPlanned = false;
  #isReadingStopped = false;
  #isBroken = false;
  #wasStalled = false;
  #heartbeat: NodeJS.Timeout | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #hasSent = false;
  #quietTicks = 0;

  constructor(socket: Socket, frameMax: number, unsentMax: number, events: TransportEvents) {
    this.#socket = socket;
    this.#events = events;
    this.frameMax = frameMax;
    this.#parser = new FrameParser(frameMax);
    this.#unsentMax = unsentMax;
    socket.setNoDelay(true);
    socket.on("drain", () => this.#drained());
    socket.on("close", () => {
      clearInterval(this.#heartbeat);
      clearTimeout(this.#deadline);
      this.#events.onClose();
    });
    // A close event follows each error, and it does the work.
    socket.on("error", () => {});
  }

  /** Starts to read frames. `first` holds the bytes that came with the protocol header. */
  start(first: Buffer): void {
    this.#parser.push(first);
    this.#socket.on("data", (chunk) => {
      this.#quietTicks = 0;
      this.#parser.push(chunk);
      this.#read();
    });
    this.#read();
  }

  #read(): void {
    if (this.#isBroken) return;
    try {
      while (!this.#isReadingStopped && !this.isClosed) {
        const frame = this.#parser.next();
        if (!frame) break;
        this.#events.onFrame(frame);
      }
    } catch (error) {
      // The start of the next frame is unknown after a broken one.
      this.#isBroken = true;
      this.#events.onError(error);
    }
    this.#events.onIdle();
  }

  get isClosed(): boolean {
    return this.#socket.destroyed;
  }

  /** Whether more bytes wait to be sent than one client may cost. Consumers get no deliveries then. */
  get isStalled(): boolean {
    const isStalled = this.#writer.size + this.#socket.writableLength > this.#unsentMax;
    if (isStalled) this.#wasStalled = true;
    return isStalled;
  }

  /** Applies what tune-ok has agreed on. A heartbeat of 0 seconds means none. */
  tune(frameMax: number, heartbeatSeconds: number): void {
    this.frameMax = frameMax;
    this.#parser.frameMax = frameMax;
    if (heartbeatSeconds > 0) this.#heartbeat = setInterval(() => this.#tick(), heartbeatSeconds * 500);
  }

  /** Every half interval: sends a heartbeat unless other bytes were sent, and counts how long the client was silent. */
  #tick(): void {
    if (!this.#hasSent) {
      writeFrame(this.#writer, FRAME.heartbeat, 0, () => {});
      this.#planFlush();
    }
    this.#hasSent = false;
    this.#quietTicks += 1;
    // Silence proves nothing while the broker does not read.
    if (this.#isReadingStopped || this.#socket.isPaused()) this.#quietTicks = 0;
    if (this.#quietTicks > 4) this.destroy();
  }

  send<N extends MethodName>(amqpChannel: number, name: N, args: Partial<Args<N>>): void {
    writeFrame(this.#writer, FRAME.method, amqpChannel, () => encodeMethod(this.#writer, name, args));
    this.#planFlush();
  }

  /** Sends a method that carries a message. */
  sendContent<N extends MethodName>(
    amqpChannel: number,
    name: N,
    args: Partial<Args<N>>,
    content: { readonly wireProperties: Buffer; readonly body: Buffer },
  ): void {
    this.send(amqpChannel, name, args);
    writeContent(this.#writer, amqpChannel, content.wireProperties, content.body, this.frameMax);
  }

  #planFlush(): void {
    if (this.#isFlushPlanned) return;
    this.#isFlushPlanned = true;
    process.nextTick(() => this.#flush());
  }

  #flush(): void {
    this.#isFlushPlanned = false;
    const bytes = this.#writer.take();
    if (bytes.length === 0 || !this.#socket.writable) return;
    this.#hasSent = true;
    const isRoomy = this.#socket.write(bytes);
    if (isRoomy && this.#wasStalled) setImmediate(() => this.#drained());
    if (this.isStalled) this.#socket.pause();
  }

  #drained(): void {
    if (!this.#isReadingStopped) this.#socket.resume();
    if (!this.#wasStalled || this.isClosed) return;
    this.#wasStalled = false;
    this.#events.onDrain();
  }

  /** Stops reading from the client, as a memory alarm asks for. */
  stopReading(): void {
    this.#isReadingStopped = true;
    this.#socket.pause();
  }

  resumeReading(): void {
    if (!this.#isReadingStopped) return;
    this.#isReadingStopped = false;
    this.#socket.resume();
    setImmediate(() => this.#read());
  }

  /** Sends what waits and ends the connection. A client that does not end its side is cut off a second later. */
  end(): void {
    this.#flush();
    this.#socket.resume();
    this.#socket.end();
    this.destroyAfter(1_000);
  }

  destroyAfter(ms: number): void {
    clearTimeout(this.#deadline);
    if (!this.isClosed) this.#deadline = setTimeout(() => this.destroy(), ms);
  }

  destroy(): void {
    this.#socket.destroy();
  }
}
