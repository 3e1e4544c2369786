/**
 * So many orders wait in a queue. Two consumers share it, with the same prefetch: `careless` comes first and never acks,
 * `careful` comes then and acks each order at once.
 */

/** Who never acks gets as many as its prefetch says, and no more. All others go to the one who acks. */
export function shares(orders: number, prefetch: number): { careless: number; careful: number } {
  const careless = Math.min(orders, prefetch);
  return { careless, careful: orders - careless };
}
