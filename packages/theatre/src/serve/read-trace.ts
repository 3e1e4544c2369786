/** A trace of this machine for the page that is served: at a path that nobody can guess, since other pages can reach this server. */
import { randomBytes } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { UsageError } from "@shirts/command-line";
import type { StaticFile } from "@shirts/live";
import { BYTES_MAX } from "../trace-file/open-trace.ts";

export interface ServedTrace {
  /** Where the server has it. */
  readonly path: string;
  /** The address of the page that opens it. */
  readonly hash: string;
  readonly file: StaticFile;
}

/** Reads the file as it is: what is in it the page checks, and tells. Throws UsageError. */
export async function readTrace(file: string): Promise<ServedTrace> {
  try {
    const { size } = await stat(file);
    if (size > BYTES_MAX)
      throw new Error(`it has more than ${BYTES_MAX / 1024 / 1024} MB; take its first lines`);
    const name = basename(file).replace(/[^\w.-]/g, "_");
    const place = `${randomBytes(16).toString("base64url")}/${name}`;
    return {
      path: `/${place}`,
      hash: `#replay/${place}`,
      file: { type: "application/jsonl", body: await readFile(file) },
    };
  } catch (error) {
    throw new UsageError(`--trace: ${(error as Error).message}`);
  }
}
