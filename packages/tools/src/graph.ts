/**
 * The picture of the packages, drawn from their package.json files: one row and one column per package, a dot where the
 * row's package needs the column's. Sorted so that a package comes after all that it needs: all dots lie below the diagonal, or there
 * is a cycle.
 */
import { fenced } from "./directives.ts";
import { type Package, packages } from "./packages.ts";

/** The picture as a fence, or what is wrong with the graph. */
export function graph(root: string): string[] | string {
  const order = sorted(packages(root));
  if (typeof order === "string") return order;
  const width = Math.max(...order.map((it) => it.short.length));
  const number = (index: number) => String(index + 1).padStart(2);
  const head = `${" ".repeat(width + 4)}${order.map((_, index) => number(index)).join(" ")}`;
  const rows = order.map((row, index) => {
    const cells = order.slice(0, index).map((column) => ` ${needs(row, column)}`);
    return `${number(index)} ${row.short.padEnd(width)} ${[...cells, " ╲"].join(" ")}`;
  });
  return fenced("text", [
    "● needs it in its sources   ○ needs it in its tests or exercises only",
    "",
    head,
    ...rows,
  ]);
}

const none = "·";

function needs(row: Package, column: Package): string {
  if (row.needs.includes(column.short)) return "●";
  return row.needsForTests.includes(column.short) ? "○" : none;
}

/** Packages that need no other first; among equals by name. */
function sorted(all: readonly Package[]): Package[] | string {
  const left = [...all];
  const done: Package[] = [];
  while (left.length > 0) {
    const next = left.findIndex((it) => !left.some((other) => other !== it && needs(it, other) !== none));
    if (next === -1)
      return `packages need each other in a circle: ${left.map((it) => it.short).join(", ")}: turn one arrow round`;
    done.push(...left.splice(next, 1));
  }
  return done;
}
