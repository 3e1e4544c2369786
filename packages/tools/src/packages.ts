/** The packages of the workspace and which needs which, read from their package.json files. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { has, read } from "./tree.ts";

export interface Package {
  /** With the scope, as pnpm writes it. */
  readonly name: string;
  /** Without the scope, as people type it after `--filter`. */
  readonly short: string;
  /** From the root: `packages/chan`, or the empty string for the root's own package.json. */
  readonly folder: string;
  readonly description: string;
  readonly scripts: Readonly<Record<string, string>>;
  /** Short names of the packages its sources need. */
  readonly needs: readonly string[];
  /** Short names of the packages that only its tests or tools need. */
  readonly needsForTests: readonly string[];
}

interface Manifest {
  name?: string;
  description?: string;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** The root's own package.json. */
export function rootPackage(root: string): Package {
  return readPackage(root, "");
}

/** All packages under `packages/`, sorted by folder. */
export function packages(root: string): Package[] {
  if (!has(root, "packages")) return [];
  return readdirSync(join(root, "packages"))
    .filter((name) => has(root, `packages/${name}/package.json`))
    .sort()
    .map((name) => readPackage(root, `packages/${name}`));
}

/** The package that `pnpm --filter <name>` would choose. */
export function packageNamed(root: string, name: string): Package | undefined {
  return packages(root).find((it) => it.name === name || it.short === name);
}

/**
 * The folders whose files can change what a script of `start` prints: the package, what it needs, and packages that its
 * scripts name by path (`tsx ../demo/src/main.ts`).
 */
export function foldersBehind(root: string, start: Package): string[] {
  const all = packages(root);
  const found = new Set<Package>();
  const visit = (it: Package): void => {
    if (found.has(it)) return;
    found.add(it);
    const byPath = [
      ...Object.values(it.scripts)
        .join(" ")
        .matchAll(/\.\.\/([\w-]+)\//g),
    ].map((match) => match[1]);
    const next = new Set<string | undefined>([...it.needs, ...it.needsForTests, ...byPath]);
    for (const other of all) if (next.has(other.short)) visit(other);
  };
  visit(start);
  return [...found].map((it) => it.folder).sort();
}

function readPackage(root: string, folder: string): Package {
  const path = folder === "" ? "package.json" : `${folder}/package.json`;
  const manifest: Manifest = has(root, path) ? JSON.parse(read(root, path)) : {};
  const name = manifest.name ?? "";
  return {
    name,
    short: shortName(name),
    folder,
    description: manifest.description ?? "",
    scripts: manifest.scripts ?? {},
    needs: workspaceNames(manifest.dependencies),
    needsForTests: workspaceNames(manifest.devDependencies),
  };
}

function workspaceNames(dependencies: Record<string, string> = {}): string[] {
  return Object.entries(dependencies)
    .filter(([, version]) => version.startsWith("workspace:"))
    .map(([name]) => shortName(name))
    .sort();
}

function shortName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
