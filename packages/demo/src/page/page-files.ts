/**
 * The page's files. The page is a program of its own, which nothing here imports: it is built by its own command, into a folder
 * that is read and thrown away, so that two plays at once do not meet.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startOnce } from "@shirts/cluster/processes";
import { type Files, readFolder } from "@shirts/live";

const BUILD = "theatre/src/page-main.ts";

/** Builds the page, which takes a few seconds, unless the one that `pnpm theatre` keeps is new enough. Throws one line when it cannot. */
export async function pageFiles(): Promise<Files> {
  const folder = await mkdtemp(join(tmpdir(), "theatre-"));
  try {
    const build = startOnce("the page", BUILD, [folder], {}, () => {});
    const code = await build.ended;
    if (code !== 0) throw new Error(`the page was not built (exit ${code}): ${build.complaint()}`);
    return await readFolder(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
