/** What a fence cannot do, in one line for people. What the driver threw, if anything, is its `cause`. */
export class FenceError extends Error {
  override readonly name: string = "FenceError";
}

/** What PostgreSQL says, by its code, when a fence is asked at the wrong place or time. */
const reasons: Readonly<Record<string, string>> = {
  "25P02":
    "the transaction is over: a statement in it has failed, and PostgreSQL does nothing more in it. Roll it back, and begin again",
  "25P01": "there is no transaction: begin one, and give me its client",
  "42P01": "there is no fence under these names yet: call create() once, before the first accept",
  "3F000": "there is no schema of this name yet: call create() once, before the first accept",
};

/** A FenceError when we know more than the driver, else the driver's own error. */
export function explain(error: unknown): unknown {
  const reason = reasons[(error as { code?: string } | undefined)?.code ?? ""];
  return reason === undefined ? error : new FenceError(reason, { cause: error });
}
