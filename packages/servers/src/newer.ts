// The newer servers: a folder with a Debian of its own, newer than this machine's, that `.ci/newer` has unpacked. A program
// in there takes the folder for the whole file system (chroot), so its libraries do not meet this machine's.

import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Account } from "./installation.ts";

/** Where the folder is. SHIRTS_NEWER names another one. */
export function newerFolder(): string {
  return process.env.SHIRTS_NEWER || "/var/cache/shirts-newer";
}

/** One line: what there is to do when the newer servers are wanted and are not here. */
export const HOW_TO_GET_NEWER =
  "As root, `.ci/newer` unpacks RabbitMQ 4 and PostgreSQL 18 from Debian's newest suite.";

/**
 * Makes a path below the folder mean the same file outside and inside of the chroot: a link in there leads from the
 * folder's own path back to its top. Throws when this process may not do that.
 */
export function openNewer(root: string): void {
  const link = join(root, root);
  if (existsSync(link)) return;
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(relative(dirname(link), root), link);
}

/** A user of the folder's own Debian. Undefined when it has none of this name. */
export function newerAccount(root: string, name: string): Account | undefined {
  const users = readFileSync(join(root, "etc/passwd"), "utf8");
  const [, uid, gid] = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, "m").exec(users) ?? [];
  return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}
