// Which RabbitMQ, PostgreSQL and Redis this process starts: the machine's own, or the version that was asked for.
//
// A version is asked for in the environment, so that the processes of this one start the same servers. SHIRTS_SERVERS=none
// starts none, as if there were none: so `npm test` by itself does the same on every machine.

import { userInfo } from "node:os";
import { UsageError } from "@shirts/command-line";
import { adviceOn, installations, NotInstalledError, versionOf } from "./find.ts";
import { type Installation, run, type ServerName } from "./installation.ts";
import { HOW_TO_GET_NEWER, openNewer } from "./newer.ts";

const VARIABLES: Readonly<Record<ServerName, string>> = {
  RabbitMQ: "SHIRTS_RABBITMQ",
  PostgreSQL: "SHIRTS_POSTGRES",
  Redis: "SHIRTS_REDIS",
};

/** The oldest versions that our tests have seen pass. */
const OLDEST: Readonly<Record<ServerName, string>> = {
  RabbitMQ: "3.10",
  PostgreSQL: "14",
  Redis: "7.0",
};

const EXAMPLES: Readonly<Record<ServerName, string>> = { RabbitMQ: "4 or 4.3", PostgreSQL: "18", Redis: "7" };

/** From now on this process, and those that it starts, take this version of the server. Throws UsageError for a bad one. */
export function want(name: ServerName, version: string): void {
  if (!/^\d+(\.\d+)*$/.test(version) || isTooOld(name, version))
    throw new UsageError(
      `"${version}" is no version of ${name} that can be taken: write one such as ${EXAMPLES[name]}, not older than ${OLDEST[name]}.`,
    );
  process.env[VARIABLES[name]] = version;
}

/** "4" asks for each 4.x.y, so the 3 of RabbitMQ is not too old. */
function isTooOld(name: ServerName, version: string): boolean {
  const oldest = OLDEST[name].split(".").map(Number);
  const given = version.split(".").map(Number);
  for (const [at, number] of oldest.entries()) {
    const own = given[at];
    if (own === undefined || own > number) return false;
    if (own < number) return true;
  }
  return false;
}

/**
 * The installation that is started from now on. Throws NotInstalledError, in one line, when this machine has none, not
 * the version that is wanted, or may not start it.
 */
export async function chosen(name: ServerName): Promise<Installation> {
  if (process.env.SHIRTS_SERVERS === "none")
    throw new NotInstalledError(
      `${name} is not on this machine: SHIRTS_SERVERS is "none", as in npm test by itself. npm run services -- npm test starts it.`,
    );
  const wanted = process.env[VARIABLES[name]];
  const all = installations(name);
  if (!wanted) {
    const own = all.find(({ root }) => root === undefined);
    if (own === undefined) throw new NotInstalledError(adviceOn(name));
    return checked(own, await versionOf(own));
  }
  const seen = new Set<string>();
  let advice = all.some(({ root }) => root !== undefined) ? "Ask for one of these." : HOW_TO_GET_NEWER;
  for (const at of all) {
    const hindrance = at.root === undefined ? undefined : await enter(at, at.root);
    const version = hindrance === undefined ? await versionOf(at) : "";
    if (`${version}.`.startsWith(`${wanted}.`)) return checked(at, version);
    if (hindrance !== undefined) {
      seen.add(`one in ${at.root}, but ${hindrance.why}`);
      advice = hindrance.advice;
    } else if (version !== "") seen.add(at.root === undefined ? version : `${version} in ${at.root}`);
  }
  const here = seen.size === 0 ? "none that says its version" : [...seen].join(", ");
  throw new NotInstalledError(`${name} ${wanted} is not on this machine. Here is: ${here}. ${advice}`);
}

function checked(at: Installation, version: string): Installation {
  if (version !== "" && isTooOld(at.name, version))
    throw new NotInstalledError(
      `${at.name} ${version} is too old for this: it takes ${OLDEST[at.name]} or later. ${HOW_TO_GET_NEWER}`,
    );
  return at;
}

/** What is in the way of the newer folder, and what a person can do about it. */
interface Hindrance {
  readonly why: string;
  readonly advice: string;
}

/** What chroot ends with when it cannot go into the folder. Otherwise its exit code is that of the program there. */
const NO_CHROOT = "(125)";

/** Makes ready to run programs of the newer folder; resolves with what is in the way, if anything. */
async function enter(at: Installation, root: string): Promise<Hindrance | undefined> {
  if (userInfo().uid !== 0)
    return {
      why: "only root can start it (chroot)",
      advice: "Do this as root, or ask for another version.",
    };
  try {
    openNewer(root);
    await run(at, "/bin/true", []);
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    return {
      why: `it cannot be started: ${message.trim().split("\n").at(-1)}`,
      advice: message.includes(NO_CHROOT)
        ? "Ask for another version, or do this on a machine that lets root use chroot."
        : "Remove that folder, and `.ci/newer` unpacks it again; or ask for another version.",
    };
  }
}
