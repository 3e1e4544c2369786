/** Commands as the documents show them: which script of which package does `pnpm --filter v2 start` call? */
import { type Package, packageNamed, rootPackage } from "./packages.ts";

export interface ScriptCall {
  readonly package: Package;
  readonly script: string;
  /** `NAME=value` words before the command, as typed. */
  readonly environment: string;
  /** What follows the script's name, as typed. */
  readonly args: string;
}

/** Words after `pnpm` that are pnpm's own commands, not scripts of a package. */
const ownCommands = new Set([
  "install",
  "i",
  "add",
  "remove",
  "update",
  "exec",
  "dlx",
  "store",
  "why",
  "list",
  "ls",
  "ci",
  "peers",
]);

/**
 * Reads a command line. `undefined`: it calls no script (`node …`, `pnpm install`, or `<placeholders>` in it).
 * A string: it calls one that does not exist, and this is what to do.
 */
export function readCommand(root: string, command: string): ScriptCall | string | undefined {
  if (/[<…]/.test(command)) return undefined;
  const [, environment = "", tool = "", tail = ""] =
    /^((?:\w+=\S*\s+)*)(pnpm|npm)\b(.*)$/.exec(command.trim()) ?? [];
  if (tool === "") return undefined;
  let rest = tail.trim();
  let filter: string | undefined;
  for (;;) {
    const flag = /^(?:(?:--filter|-F)[= ]\s*(\S+)|-s\b|--silent\b)\s*/.exec(rest);
    if (!flag) break;
    filter = flag[1] ?? filter;
    rest = rest.slice(flag[0].length);
  }
  if (rest.startsWith("-") || rest === "") return undefined;
  const [, run, script = "", args = ""] = /^(run\s+)?(\S+)\s*(.*)$/.exec(rest) ?? [];
  if (!run && (script === "run" || ownCommands.has(script))) return undefined;

  const owner = filter === undefined ? rootPackage(root) : packageNamed(root, filter);
  if (!owner) return `no package is called "${filter}": correct --filter`;
  if (owner.scripts[script] === undefined) {
    const where = owner.folder === "" ? "package.json" : `${owner.folder}/package.json`;
    return `${where} has no script "${script}": add it there or correct the command`;
  }
  const passed = tool === "npm" ? args.replace(/^--\s+/, "") : args;
  return { package: owner, script, environment: environment.trim(), args: passed };
}

/** The commands that a person would type from these lines of a fence: after `$ `, or every line of a shell script. */
export function typedCommands(
  language: string,
  lines: readonly string[],
): { offset: number; command: string }[] {
  const script = ["", "sh", "bash", "shell"].includes(language);
  return lines.flatMap((line, offset) => {
    const prompt = /^\s*\$ (.*)$/.exec(line);
    const typed = prompt?.[1] ?? (script ? line.trim() : "");
    if (typed === "" || typed.startsWith("#")) return [];
    return typed
      .split(/\s*(?:&&|;|\|)\s*/)
      .map((command) => ({ offset, command: command.replace(/\s+#.*$/, "") }));
  });
}
