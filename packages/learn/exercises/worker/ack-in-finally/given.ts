/**
 * Spot the mistake. A tutorial on RabbitMQ had it for years: github.com/rabbitmq/rabbitmq-tutorials/issues/254.
 * When the needle breaks, `sew` throws. What does the broker believe then?
 */
import type { Tools } from "@shirts/learn/tailor";

export async function worker({ jobs, readState, sew, deliver }: Tools): Promise<void> {
  for await (const job of jobs) {
    try {
      await sew(job);
      await deliver({ number: job.number, ...(await readState()) });
    } finally {
      job.ack();
    }
  }
}
