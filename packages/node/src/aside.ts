/** The way of a job to the queue of dead letters, after amqp has handed it out. */
import { type DeadLetter, type Delivery, deadQueue, type Rabbit } from "@shirts/amqp";

/** What amqp's deliveries can do from its next version on. */
type Putting = { readonly putAside?: (reason: string) => Promise<void> };

/**
 * Puts a delivery aside. Resolves when its copy is in the dead-letter queue, or when the broker has it back. Never
 * rejects. (The rest of this file goes when every delivery of amqp has `putAside`: `delivery.putAside(reason)` then
 * does it all, and tells it through `onDeadLetter`.)
 */
export async function putAside(
  delivery: Delivery & Putting,
  reason: string,
  { rabbit, queue, body, onDeadLetter }: ByHand,
): Promise<void> {
  if (delivery.putAside) return delivery.putAside(reason);
  try {
    await rabbit.declareQueue(deadQueue(queue));
    await rabbit.publish(deadQueue(queue), body);
    delivery.ack();
    onDeadLetter({ queue, reason });
  } catch {
    // It is not acked, so the broker hands it out again when this connection ends.
  }
}

/** What is needed as long as we do it by hand. */
interface ByHand {
  readonly rabbit: Pick<Rabbit, "declareQueue" | "publish">;
  readonly queue: string;
  readonly body: Uint8Array;
  readonly onDeadLetter: (letter: DeadLetter) => void;
}
