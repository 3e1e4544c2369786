// Where the servers' programs are: the folders of Debian, Fedora and Homebrew, then the PATH.

import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Thrown with one clear line when a program is not on this machine. */
export class NotInstalledError extends Error {
  override name = "NotInstalledError";
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const byVersion = new Intl.Collator("en", { numeric: true });

/** Folders `parent/NAME/bin` for the names that match, the newest version first. */
function versions(parent: string, names: RegExp): string[] {
  if (!existsSync(parent)) return [];
  const found = readdirSync(parent).filter((name) => names.test(name));
  return found.sort((a, b) => byVersion.compare(b, a)).map((name) => join(parent, name, "bin"));
}

function find(program: string, folders: readonly string[], advice: string): string {
  const onPath = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const file = [...folders, ...onPath].map((folder) => join(folder, program)).find(isProgram);
  if (file === undefined) throw new NotInstalledError(`${program} is not on this machine. ${advice}`);
  return file;
}

/**
 * A program of RabbitMQ ("rabbitmq-server", "rabbitmqctl"). Debian's /usr/sbin/rabbitmq-server is passed by: that one
 * insists on the user "rabbitmq" and on the system's own data folder.
 */
export function findRabbitMq(program: string): string {
  const folders = ["/usr/lib/rabbitmq/bin", "/opt/homebrew/sbin", "/usr/local/sbin"];
  return find(program, folders, "Debian: apt-get install rabbitmq-server. macOS: brew install rabbitmq");
}

/** Erlang's port mapper, which RabbitMQ's nodes find each other with. */
export function findEpmd(): string {
  return find(
    "epmd",
    ["/opt/homebrew/bin", "/usr/lib/erlang/bin"],
    "It comes with Erlang, as RabbitMQ needs it.",
  );
}

/** A program of PostgreSQL's server package ("postgres", "initdb", "pg_isready"). */
export function findPostgres(program: string): string {
  const folders = [
    ...versions("/usr/lib/postgresql", /^\d+$/),
    ...versions("/opt/homebrew/opt", /^postgresql(@\d+)?$/),
    ...versions("/usr/local/opt", /^postgresql(@\d+)?$/),
  ];
  return find(program, folders, "Debian: apt-get install postgresql. macOS: brew install postgresql@17");
}
