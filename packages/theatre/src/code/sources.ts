/** The text of each stage's worker, the file itself. */
import byRevision from "@shirts/sim/by-revision.ts?raw";
import v1 from "@shirts/v1/worker.ts?raw";
import v2 from "@shirts/v2/worker.ts?raw";
import v3 from "@shirts/v3/worker.ts?raw";
import v4 from "@shirts/v4/worker.ts?raw";

/** Variants differ from their stage in what stands around the worker, and have its file. */
const SOURCES: Readonly<Record<string, string>> = {
  v1,
  v2,
  v3,
  v4,
  revision: byRevision,
  fence: v1,
  "v3-fence": v3,
  order: v3,
  "no-fence": v4,
};

/** The worker.ts of a stage of the simulator. Undefined for a slip, which has no file of its own. */
export function sourceOf(stage: string): string | undefined {
  return SOURCES[stage];
}
