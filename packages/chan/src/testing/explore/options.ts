/** The options of `explore`, and what they are when they are not given. */

import { readChoices } from "./choices.ts";
import type { ExploreOptions } from "./explore.ts";

export interface Settings {
  /** "all" or how many. */
  readonly orders: "all" | number;
  readonly seed: number;
  readonly strategy: "random" | "pct";
  readonly depth: number;
  readonly replay: readonly number[] | undefined;
  readonly leftovers: "end" | "error";
  readonly startMs: number;
  readonly limits: Readonly<Record<(typeof LIMITS)[number], number>>;
  /** The limits that the caller gave: only these may cut in silence of the test, with a word in the result. */
  readonly given: ReadonlySet<string>;
}

const LIMITS = ["orders", "steps", "cutAt", "preemptions", "shrink"] as const;
const OPTIONS = [
  "orders",
  "seed",
  "strategy",
  "depth",
  "replay",
  "leftovers",
  "startMs",
  "limits",
  "onProgress",
];

/** How many orders "all" tries before it gives up. */
const ORDERS_MAX = 20_000;
const STEPS_MAX = 1000;
const SHRINK_MAX = 2000;
const YEAR_2000_MS = 946_684_800_000;

/** Throws a RangeError or a TypeError that says which option is wrong. */
export function settingsOf(options: ExploreOptions): Settings {
  for (const name of Object.keys(options))
    if (!OPTIONS.includes(name))
      throw new TypeError(`explore: there is no option "${name}"; there are ${OPTIONS.join(", ")}`);
  const { orders = "all", seed = 1, strategy = "random", depth = 3, leftovers = "error", replay } = options;
  if (orders !== "all") whole("orders", orders, 1, ' or "all"');
  whole("seed", seed, Number.MIN_SAFE_INTEGER);
  whole("depth", depth, 1);
  oneOf("strategy", strategy, ["random", "pct"]);
  oneOf("leftovers", leftovers, ["error", "end"]);
  const limits = limitsOf(options.limits ?? {});
  const { startMs = YEAR_2000_MS } = options;
  if (!Number.isFinite(startMs))
    throw new RangeError(`explore: startMs must be a number, got ${String(startMs)}`);
  fitTogether(options);
  return {
    orders,
    seed,
    strategy,
    depth,
    leftovers,
    startMs,
    replay: replay === undefined ? undefined : readChoices(replay),
    limits,
    given: new Set(Object.keys(options.limits ?? {})),
  };
}

/** An option that would do nothing is a mistake. */
function fitTogether({ orders = "all", seed, strategy, depth, replay, limits }: ExploreOptions): void {
  const isChance = seed !== undefined || strategy !== undefined || depth !== undefined;
  if (replay !== undefined && (orders !== "all" || isChance))
    throw new TypeError("explore: replay plays one order, so orders, seed, strategy and depth do nothing");
  if (orders === "all" && isChance)
    throw new TypeError(
      'explore: strategy, depth and seed are for a number of orders; "all" takes every one',
    );
  if (orders !== "all" && limits?.orders !== undefined)
    throw new TypeError('explore: limits.orders is for orders: "all"; take a smaller number of orders');
}

function limitsOf(given: NonNullable<ExploreOptions["limits"]>): Settings["limits"] {
  for (const name of Object.keys(given))
    if (!(LIMITS as readonly string[]).includes(name))
      throw new TypeError(`explore: there is no limit "${name}"; there are ${LIMITS.join(", ")}`);
  for (const name of LIMITS) {
    const limit = given[name];
    if (limit !== undefined)
      whole(`limits.${name}`, limit, name === "preemptions" || name === "shrink" ? 0 : 1);
  }
  const { orders = ORDERS_MAX, steps = STEPS_MAX, shrink = SHRINK_MAX } = given;
  const { cutAt = Number.POSITIVE_INFINITY, preemptions = Number.POSITIVE_INFINITY } = given;
  return { orders, steps, shrink, cutAt, preemptions };
}

function whole(name: string, value: unknown, min: number, or = ""): void {
  if (!Number.isSafeInteger(value) || (value as number) < min) {
    const bound = min === Number.MIN_SAFE_INTEGER ? "" : ` >= ${min}`;
    throw new RangeError(`explore: ${name} must be a whole number${bound}${or}, got ${String(value)}`);
  }
}

function oneOf(name: string, value: unknown, values: readonly string[]): void {
  if (!values.includes(value as string))
    throw new TypeError(
      `explore: ${name} must be ${values.map((it) => `"${it}"`).join(" or ")}, got ${String(value)}`,
    );
}
