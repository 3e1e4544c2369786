/**
 * A session with a gate in it: the judge holds a function of the reader's before the statement that it chooses. So an order of
 * events is forced, and not hoped for. What is held is a process that sleeps there.
 */
import type { Client } from "../client.ts";

/** Where a function sleeps: before its statement `before` (0 is the first). */
export interface Pause {
  readonly before: number;
  /** Statement `before - 1` is a transaction by itself, and sleeps before its commit. */
  readonly isInStatement?: boolean;
}

export class Gate {
  /** Called before each statement; the statement is sent when it resolves. */
  #before: ((text: string) => Promise<void>) | undefined;
  /** Called after each. */
  #after: (() => Promise<void>) | undefined;
  #isGone = false;

  /** The reader's session, with its `query` behind the gate. */
  wrap<Session extends Client>(session: Session): Session {
    const query = async (...args: Parameters<Client["query"]>) => {
      await this.#before?.(textOf(args[0]));
      if (this.#isGone) throw new Error("the process is gone");
      const result = await session.query(...args);
      await this.#after?.();
      return result;
    };
    return new Proxy(session, {
      get(target, name) {
        if (name === "query") return query;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  }

  /** From now on, until `open`. */
  close(before: (text: string) => Promise<void>, after?: () => Promise<void>): void {
    this.#before = before;
    this.#after = after;
  }

  open(): void {
    this.#before = undefined;
    this.#after = undefined;
  }

  /** Nothing is sent any more. */
  crash(): void {
    this.#isGone = true;
  }
}

/** The beginning of a statement, for a report. Libraries also take objects with a text in them. */
function textOf(statement: unknown): string {
  const text = typeof statement === "string" ? statement : (statement as { text?: string } | undefined)?.text;
  const line = (text ?? "a statement").trim().replaceAll(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 60)} …` : line;
}
