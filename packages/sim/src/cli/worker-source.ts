import { readFileSync } from "node:fs";

/** The source of a stage's worker. */
export function workerSource(stage: string): string {
  return readFileSync(new URL(`../../../${stage}/src/worker.ts`, import.meta.url), "utf8");
}
