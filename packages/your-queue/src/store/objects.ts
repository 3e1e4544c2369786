/** A client of the store. */
import { AREA, count, STEPS, type Verdict } from "../people.ts";

interface Stored {
  readonly body: string;
  readonly etag: string;
}

/** Undefined when there is no such object. */
export async function get(storeUrl: string, key: string): Promise<Stored | undefined> {
  const response = await fetch(`${storeUrl}/${key}`);
  const body = await response.text();
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`the store says ${response.status} to GET ${key}`);
  return { body, etag: response.headers.get("etag") ?? "" };
}

/** Resolves with false when the precondition failed: somebody else was faster. */
export async function put(
  storeUrl: string,
  key: string,
  body: string,
  precondition: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const response = await fetch(`${storeUrl}/${key}`, { method: "PUT", body, headers: precondition });
  await response.text();
  if (!response.ok && response.status !== 412)
    throw new Error(`the store says ${response.status} to PUT ${key}`);
  return response.ok;
}

// #region pointer
/** One object of each area: the newest revision that was accepted, and the one that readers see. */
export interface Pointer {
  readonly accepted: number;
  readonly shown: number;
}

/** Changes the pointer, as often as somebody else is faster. `change` answers undefined to leave it; then this resolves with false. */
export async function move(
  storeUrl: string,
  area: string,
  change: (old: Pointer) => Pointer | undefined,
): Promise<boolean> {
  for (;;) {
    const stored = await get(storeUrl, area);
    const changed = change(stored ? (JSON.parse(stored.body) as Pointer) : { accepted: 0, shown: 0 });
    if (changed === undefined) return false;
    const precondition = stored ? { "If-Match": stored.etag } : { "If-None-Match": "*" };
    if (await put(storeUrl, area, JSON.stringify(changed), precondition)) return true;
  }
}
// #endregion pointer

/** Counts what a reader of the store sees: below the pointer if there is one. */
export async function judgeStore(storeUrl: string, commanded: string): Promise<Verdict> {
  const stored = await get(storeUrl, AREA);
  const folder = stored ? `${AREA}/${(JSON.parse(stored.body) as Pointer).shown}` : AREA;
  const shirts = await Promise.all(
    STEPS.map(async (step) => (await get(storeUrl, `${folder}/${step}`))?.body),
  );
  return count(
    shirts.map((shirt) => shirt ?? "WHITE"),
    commanded,
  );
}
