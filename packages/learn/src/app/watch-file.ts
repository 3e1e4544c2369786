import { unwatchFile, watchFile } from "node:fs";
import { chan, type RecvChan } from "@shirts/chan";

/** Editors save in many ways, also by a new file of the same name: its state is asked for again and again. */
const LOOK_MS = 150;

/** A value in `saves` for each save of a file, several at once as one. Until `close`. */
export function watchSaves(file: string): { readonly saves: RecvChan<true>; close(): void } {
  const saves = chan<true>(1);
  const listener = (
    now: { mtimeMs: number; ino: number },
    before: { mtimeMs: number; ino: number },
  ): void => {
    if (now.mtimeMs !== before.mtimeMs || now.ino !== before.ino) saves.trySend(true);
  };
  watchFile(file, { interval: LOOK_MS }, listener);
  return { saves, close: () => unwatchFile(file, listener) };
}
