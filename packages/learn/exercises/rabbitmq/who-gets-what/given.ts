/**
 * So many orders wait in a queue. Two consumers share it, with the same prefetch: `careless` comes first and never acks,
 * `careful` comes then and acks each order at once.
 */

/** Your prediction: how many orders each of them gets. It must be true for every number and every prefetch. */
export function shares(orders: number, prefetch: number): { careless: number; careful: number } {
  return { careless: 0 * orders, careful: 0 * prefetch };
}
