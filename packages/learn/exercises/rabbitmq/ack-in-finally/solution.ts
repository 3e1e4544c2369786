/** An order that is painted is acked. One that fails goes back, and comes again, perhaps to somebody who can do it. */
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
      order.ack();
    } catch (error) {
      print(`${order.body}: ${error}`);
      order.nack();
    }
  }
}
