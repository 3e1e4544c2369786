/** The probe in the page: it gives the tests what they call, here and in a Web Worker. */
import type { Question } from "./ten-worker.ts";
import { playTen, traces } from "./traces.ts";

/** `playTen` in a Web Worker, where the page's stories play. */
function playTenInWorker(stage: string, stories: number): Promise<void> {
  const worker = new Worker(new URL("./ten-worker.ts", import.meta.url), { type: "module" });
  worker.postMessage({ stage, stories } satisfies Question);
  return new Promise((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.onmessage = () => {
      worker.terminate();
      resolve();
    };
  });
}

declare global {
  var probe: { traces: typeof traces; playTen: typeof playTen; playTenInWorker: typeof playTenInWorker };
}

globalThis.probe = { traces, playTen, playTenInWorker };
