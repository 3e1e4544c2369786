// Where the servers' programs are: the folders of Debian, Fedora and Homebrew, the PATH, and the folder of the newer servers.

import { accessSync, constants, existsSync, readdirSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { type Installation, run, type ServerName } from "./installation.ts";
import { newerFolder } from "./newer.ts";

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

const onPath = (): string[] => (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");

interface Kind {
  readonly program: string;
  /** Where Debian has its programs, in the folder that is its file system. */
  debian(root: string): string[];
  others(): string[];
  readonly advice: string;
}

const KINDS: Readonly<Record<ServerName, Kind>> = {
  // Debian's /usr/sbin/rabbitmq-server comes last, with the PATH: that one insists on the user "rabbitmq" and on the
  // system's own data folder.
  RabbitMQ: {
    program: "rabbitmq-server",
    debian: (root) => [join(root, "usr/lib/rabbitmq/bin")],
    others: () => ["/opt/homebrew/sbin", "/usr/local/sbin"],
    advice: "Debian: apt-get install rabbitmq-server. macOS: brew install rabbitmq",
  },
  PostgreSQL: {
    program: "postgres",
    debian: (root) => versions(join(root, "usr/lib/postgresql"), /^\d+$/),
    others: () => [
      ...versions("/opt/homebrew/opt", /^postgresql(@\d+)?$/),
      ...versions("/usr/local/opt", /^postgresql(@\d+)?$/),
    ],
    advice: "Debian: apt-get install postgresql. macOS: brew install postgresql@17",
  },
  Redis: {
    program: "redis-server",
    debian: (root) => [join(root, "usr/bin")],
    others: () => ["/opt/homebrew/bin", "/usr/local/bin"],
    advice: "Debian: apt-get install redis-server. macOS: brew install redis",
  },
};

/** The installations of a server, the one to take first; those of the newer folder come last. Empty when there is none. */
export function installations(name: ServerName): Installation[] {
  const { program, debian, others } = KINDS[name];
  const has = (bin: string) => isProgram(join(bin, program));
  const own = [...debian("/"), ...others(), ...onPath()].filter(has);
  const root = newerFolder();
  const newer = debian(root).filter(has);
  return [
    ...[...new Set(own)].map((bin) => ({ name, bin, root: undefined })),
    ...newer.map((bin) => ({ name, bin, root })),
  ];
}

/** What a person can do who has none. */
export function adviceOn(name: ServerName): string {
  const { program, advice } = KINDS[name];
  return `${program} is not on this machine. ${advice}`;
}

/** The version, such as `15.14`; "" when it does not say. Rejects when its program cannot be run. */
export async function versionOf(at: Installation): Promise<string> {
  if (at.name !== "RabbitMQ")
    return /\d+[\d.]*/.exec(await run(at, KINDS[at.name].program, ["--version"]))?.[0] ?? "";
  // `rabbitmqctl version` takes seconds, and leaves a port mapper behind. The plugins have the version in their names.
  const plugins = join(dirname(realpathSync(join(at.bin, "rabbitmq-server"))), "../plugins");
  const names = existsSync(plugins) ? readdirSync(plugins) : [];
  return names.flatMap((name) => /^rabbit-(\d+[\d.]*\d)/.exec(name)?.[1] ?? [])[0] ?? "";
}

/** Erlang's port mapper, which RabbitMQ's nodes find each other with. Throws NotInstalledError. */
export function findEpmd({ root = "/" }: Installation): string {
  const folders = [join(root, "usr/lib/erlang/bin"), "/opt/homebrew/bin", ...onPath()];
  const file = folders.map((folder) => join(folder, "epmd")).find(isProgram);
  if (file !== undefined) return file;
  throw new NotInstalledError("epmd is not on this machine. It comes with Erlang, as RabbitMQ needs it.");
}
