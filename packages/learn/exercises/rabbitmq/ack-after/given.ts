/** A worker acks an order, and then paints it. When it dies in between, nobody ever paints that order. */
import type { RecvChan } from "@shirts/chan";
import type { Message } from "@shirts/learn";

/** Paints each order, and tells the broker which ones are done. Returns when `orders` is closed. */
export async function worker(
  orders: RecvChan<Message>,
  paint: (order: string) => Promise<void>,
): Promise<void> {
  for await (const order of orders) {
    order.ack();
    await paint(order.body);
  }
}
