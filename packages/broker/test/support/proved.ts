/** On which RabbitMQs the contract was run: a file that the contract writes, so that no document copies such a number. */
import { readFileSync, writeFileSync } from "node:fs";

/** For each version of RabbitMQ and each group of checks, how many of them passed. */
export type Proved = Readonly<Record<string, Readonly<Record<string, number>>>>;

const FILE = new URL("../contract/proved.json", import.meta.url);

export function readProved(): Proved {
  return JSON.parse(readFileSync(FILE, "utf8"));
}

export function recordProved(version: string, passed: Readonly<Record<string, number>>): void {
  const all = { ...readProved(), [version]: passed };
  const sorted = Object.entries(all).sort(([a], [b]) => byVersion(a, b));
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
}

/** Sorts versions by their numbers: 4.10.0 comes after 4.9.0. */
export function byVersion(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
