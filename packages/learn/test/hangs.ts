import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

/** A reader's file that says which process it is in, and then never waits. */
export const HANGS = (folder: string) => `import { writeFileSync } from "node:fs";
writeFileSync(${JSON.stringify(join(folder, "pid"))}, String(process.pid));
for (;;);
`;

/** The process in which that file is, once it is there. */
export async function judgePid(folder: string): Promise<number> {
  const file = join(folder, "pid");
  await expect
    .poll(() => existsSync(file) && readFileSync(file, "utf8"), { timeout: 30_000 })
    .toMatch(/^\d+$/);
  return Number(readFileSync(file, "utf8"));
}
