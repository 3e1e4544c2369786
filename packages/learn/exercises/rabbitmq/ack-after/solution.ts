/** A worker paints an order, and then acks it. When it dies in between, the order comes again: at least once. */
import type { RecvChan } from "@shirts/chan";
import type { Message } from "@shirts/learn";

/** Paints each order, and tells the broker which ones are done. Returns when `orders` is closed. */
export async function worker(
  orders: RecvChan<Message>,
  paint: (order: string) => Promise<void>,
): Promise<void> {
  for await (const order of orders) {
    await paint(order.body);
    order.ack();
  }
}
