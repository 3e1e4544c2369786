/**
 * One socket as a link of frames: bytes in, frames out, and the other way round; heartbeats; back pressure.
 *
 * 1. What is sent in one turn of the event loop leaves in one write.
 * 2. A client that does not read is not read from either, and is stalled: `isStalled` says so until its socket has drained.
 * 3. A client that sends nothing for two heartbeat intervals is taken for dead, and its socket is destroyed.
 */
import type { Socket } from "node:net";
import { FRAME, type Frame, FrameParser, writeContent, writeFrame } from "../wire/frames.ts";
import { type Args, encodeMethod, type MethodName } from "../wire/methods.ts";
import { Writer } from "../wire/values.ts";

export interface LinkEvents {
  /** A frame came; throws to end the loop. */
  onFrame(frame: Frame): void;
  /** The frames of one piece of input are handled. */
  onIdle(): void;
  /** A frame was broken. */
  onError(error: unknown): void;
  /** There is room in the socket again. */
  onDrain(): void;
  onClose(): void;
}

export class Link {
  frameMax: number;
  readonly #socket: Socket;
  readonly #events: LinkEvents;
  readonly #parser: FrameParser;
  readonly #writer = new Writer();
  readonly #unsentMax: number;
  #isFlushPlanned = false;
  #isHeld = false;
  #isFrozen = false;
  #wasStalled = false;
  #heartbeat: NodeJS.Timeout | undefined;
  #cut: NodeJS.Timeout | undefined;
  #hasSent = false;
  #quietTicks = 0;

  constructor(socket: Socket, frameMax: number, unsentMax: number, events: LinkEvents) {
    this.#socket = socket;
    this.#events = events;
    this.frameMax = frameMax;
    this.#parser = new FrameParser(frameMax);
    this.#unsentMax = unsentMax;
    socket.setNoDelay(true);
    socket.on("drain", () => this.#drained());
    socket.on("close", () => {
      clearInterval(this.#heartbeat);
      clearTimeout(this.#cut);
      this.#events.onClose();
    });
    // The close event follows and does the work; a reset by the peer is no news.
    socket.on("error", () => {});
  }

  /** Reads frames from now on; `first` are bytes that came along with the protocol header. */
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
    if (this.#isFrozen) return;
    try {
      while (!this.#isHeld && !this.isClosed) {
        const frame = this.#parser.next();
        if (!frame) break;
        this.#events.onFrame(frame);
      }
    } catch (error) {
      // After a broken frame nobody knows where the next one starts.
      this.#isFrozen = true;
      this.#events.onError(error);
    }
    this.#events.onIdle();
  }

  get isClosed(): boolean {
    return this.#socket.destroyed;
  }

  /** Whether so much waits to be sent that nothing should be added without need. */
  get isStalled(): boolean {
    const stalled = this.#writer.size + this.#socket.writableLength > this.#unsentMax;
    if (stalled) this.#wasStalled = true;
    return stalled;
  }

  negotiated(frameMax: number, heartbeatSeconds: number): void {
    this.frameMax = frameMax;
    this.#parser.frameMax = frameMax;
    if (heartbeatSeconds > 0) this.#heartbeat = setInterval(() => this.#tick(), heartbeatSeconds * 500);
  }

  /** Every half interval: say that we live when nothing else did; count how long the other side has been silent. */
  #tick(): void {
    if (!this.#hasSent) {
      writeFrame(this.#writer, FRAME.heartbeat, 0, () => {});
      this.#planFlush();
    }
    this.#hasSent = false;
    this.#quietTicks += 1;
    // While we do not read, silence proves nothing.
    if (this.#isHeld || this.#socket.isPaused()) this.#quietTicks = 0;
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
    if (!this.#isHeld) this.#socket.resume();
    if (!this.#wasStalled || this.isClosed) return;
    this.#wasStalled = false;
    this.#events.onDrain();
  }

  /** Stops reading (a memory alarm), or starts again. */
  hold(isHeld: boolean): void {
    if (this.#isHeld === isHeld) return;
    this.#isHeld = isHeld;
    if (isHeld) {
      this.#socket.pause();
    } else {
      this.#socket.resume();
      setImmediate(() => this.#read());
    }
  }

  /** Sends what waits, then ends the connection; after a grace period it is cut. */
  end(): void {
    this.#flush();
    this.#socket.resume();
    this.#socket.end();
    this.cutAfter(1_000);
  }

  cutAfter(ms: number): void {
    clearTimeout(this.#cut);
    if (!this.isClosed) this.#cut = setTimeout(() => this.destroy(), ms);
  }

  destroy(): void {
    this.#socket.destroy();
  }
}
