// What the private servers have in common.

/** A real server on a loopback port, with a data folder of its own. */
export interface Server {
  /** How clients reach it; the same after a restart. */
  readonly url: string;
  readonly port: number;
  /** What it says itself, such as `15.14`. */
  readonly version: string;
  /** kill -9, without a goodbye. What the server had made durable is still in its folder. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder; resolves when it serves. Kills it first if it runs. */
  restart(): Promise<void>;
  /** Freezes all its processes: sockets stay open and nothing answers. */
  pause(): void;
  resume(): void;
  /** Ends it in order and removes its data folder. May be called twice. */
  stop(): Promise<void>;
}
