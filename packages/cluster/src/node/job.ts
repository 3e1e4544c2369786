/** From a message of the queue to a job of this world. A message that is no job throws, and amqp dead-letters it. */
import type { Delivery } from "@shirts/amqp";
import type { Job, Report } from "@shirts/story";
import { decodeCommand } from "../messages.ts";

/** A job, and the way to the dead-letter queue. */
export interface DeliveredJob extends Job {
  /** Moves the message to the dead-letter queue, with the reason. Never rejects. */
  deadLetter(reason: string): Promise<void>;
}

/** Makes a job of a message, and reports it as delivered. Throws MalformedMessageError. */
export function toJob(body: Uint8Array, delivery: Delivery, report: Report): DeliveredJob {
  const command = decodeCommand(body);
  report({ type: "delivered", command, redelivered: delivery.redelivered });
  let acked = false;
  return {
    command,
    redelivered: delivery.redelivered,
    ack() {
      if (acked) return;
      acked = true;
      report({ type: delivery.ack() ? "acked" : "ack dropped", command });
    },
    deadLetter: (reason) => delivery.deadLetter(reason),
  };
}
