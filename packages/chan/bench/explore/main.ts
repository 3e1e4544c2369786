/** Prints how many orders small programs have, and how many it takes to find each planted bug: `pnpm --filter chan explore`. */

import { explore } from "../../src/testing/index.ts";
import { BUGS } from "./bugs.ts";
import { COUNTED } from "./counted.ts";
import { plainOrders } from "./plain-orders.ts";
import { realProgram } from "./real-program.ts";
import { findByExplore, findByFastCheck, ORDERS_MAX, ordersOfRepaired } from "./searchers.ts";

const SEEDS = Array.from({ length: 11 }, (_, i) => i + 1);

async function median(find: (seed: number) => Promise<number | undefined>): Promise<string> {
  const found: number[] = [];
  for (const seed of SEEDS) found.push((await find(seed)) ?? Number.POSITIVE_INFINITY);
  const middle = found.sort((a, b) => a - b)[found.length >> 1] as number;
  const missed = found.filter((orders) => orders === Number.POSITIVE_INFINITY).length;
  if (missed === found.length) return "never";
  const text = middle === Number.POSITIVE_INFINITY ? `> ${ORDERS_MAX}` : `${middle}`;
  return missed === 0 ? text : `${text} (${missed} missed)`;
}

const lines = [
  "| program | orders by hand | | by plain data | by explore |",
  "| --- | ---: | --- | ---: | ---: |",
];
for (const { name, orders, why, program } of COUNTED) {
  const explored = await explore(realProgram(program));
  lines.push(`| ${[name, orders, why, plainOrders(program).orders, explored.orders].join(" | ")} |`);
}
lines.push(
  "",
  "| bug | it is | all | random | pct, depth 3 | fast-check | smallest | repaired: orders |",
  "| --- | --- | ---: | ---: | ---: | ---: | --- | ---: |",
);
for (const bug of BUGS) {
  const all = await findByExplore(bug, {});
  if (all === undefined) throw new Error(`${bug.name} is not found`);
  const orders = ORDERS_MAX;
  const cells = [
    bug.name,
    all.kind,
    all.orders,
    await median(async (seed) => (await findByExplore(bug, { orders, seed }))?.orders),
    await median(async (seed) => (await findByExplore(bug, { orders, seed, strategy: "pct" }))?.orders),
    await median((seed) => findByFastCheck(bug, seed)),
    `${all.steps} steps, ${all.preemptions} ${all.preemptions === 1 ? "preemption" : "preemptions"}`,
    (await ordersOfRepaired(bug)).toLocaleString("en"),
  ];
  lines.push(`| ${cells.join(" | ")} |`);
}
lines.push(
  "",
  `Orders until the bug was found. By chance: the median of ${SEEDS.length} seeds, at most ${ORDERS_MAX} orders for each.`,
);
console.log(lines.join("\n"));
