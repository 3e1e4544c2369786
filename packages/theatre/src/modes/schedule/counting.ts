/** Counts every order of a level in a Web Worker: how far it is, and how it ended. */
import { signal } from "@preact/signals";
import type { Level } from "@shirts/sim/scheduler";
import type { Counted } from "../../workers/count.ts";

export type Count =
  | { readonly type: "idle" }
  | { readonly type: "no workers" }
  | (Counted & { readonly level: Level })
  | { readonly type: "stopped"; readonly level: Level; readonly ways: number };

export const count = signal<Count>({ type: "idle" });

let worker: Worker | undefined;

/** Begins anew. `onDone` is called when all orders are counted and none is wrong. */
export function startCount(level: Level, onDone: () => void): void {
  end();
  if (typeof Worker === "undefined") {
    count.value = { type: "no workers" };
    return;
  }
  const mine = new Worker(new URL("../../workers/count.ts", import.meta.url), { type: "module" });
  worker = mine;
  count.value = { type: "so far", level, ways: 0, wrong: 0, states: 0 };
  mine.addEventListener("message", ({ data }: MessageEvent<Counted>) => {
    if (worker !== mine) return;
    count.value = { ...data, level };
    if (data.type === "so far") return;
    end();
    if (data.type === "done" && data.wrong === 0) onDone();
  });
  mine.addEventListener("error", ({ message }) => {
    if (worker !== mine) return;
    end();
    count.value = { type: "failed", level, why: message || "the thread did not start" };
  });
  mine.postMessage(level.id);
}

/** Ends the count; what it has counted so far stays. */
export function stopCount(): void {
  const now = count.value;
  end();
  if (now.type === "so far") count.value = { type: "stopped", level: now.level, ways: now.ways };
}

function end(): void {
  worker?.terminate();
  worker = undefined;
}
