/** Spot the mistake: an order that cannot be painted is acked as well. */
import type { RecvChan } from "@shirts/chan";
import type { Message, Print } from "@shirts/learn";

/** Paints each order. One that fails goes back into the queue. Returns when `orders` is closed. */
export async function worker(
  orders: RecvChan<Message>,
  paint: (order: string) => Promise<void>,
  print: Print,
): Promise<void> {
  for await (const order of orders) {
    try {
      await paint(order.body);
    } catch (error) {
      print(`${order.body}: ${error}`);
    } finally {
      order.ack();
    }
  }
}
