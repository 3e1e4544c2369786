/** What a queue's files get: the things that your application has, too. */
import type pg from "pg";

export interface Order {
  readonly area: string;
  readonly shirt: string;
}

/** An order that was accepted: its number is higher than those of all before it in its area. */
export interface Accepted extends Order {
  readonly revision: number;
}

export interface Tools {
  readonly db: pg.Pool;
  /** The same database, for a library that makes its own connections. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Name of the queue, or of its table. */
  readonly queue: string;
  /** The slow work before each write. Here a worker stalls. */
  readonly render: (shirt: string, step: number) => Promise<void>;
  /** The outside world, for data that is in no database: the objects of `store`, the mails of `mail`. */
  readonly outsideUrl: string;
  /** A line of the worker's log. The play waits for some of them: `PURPLE done`, `PURPLE refused`. */
  readonly log: (line: string) => void;
}

/** The two halves of an application with a queue: the one who commands, and the worker. */
export interface Halves {
  /** Accepts an order, and gives it to the queue. */
  command(tools: Tools, order: Order): Promise<void>;
  /** Works until the process ends. */
  work(tools: Tools): Promise<void> | void;
}
