/** Planted: a v4 node that hears cancels until the broker deletes its queue, and never subscribes again. It works on. */
import { chan } from "@shirts/chan";
import { runNode } from "@shirts/cluster";
import { decodeCancel } from "@shirts/cluster/messages";
import { type Cancel, STAGES } from "@shirts/story";
import { worker } from "@shirts/v4";
import amqplib from "amqplib";

await runNode("v4", async ({ tools, fence, consume, admitJobs }) => {
  const model = await amqplib.connect(process.env.AMQP_URL ?? "");
  const amqpChannel = await model.createChannel();
  await amqpChannel.assertExchange(STAGES.v4.cancels, "fanout", { durable: true });
  const { queue } = await amqpChannel.assertQueue("", { exclusive: true, durable: false, autoDelete: true });
  await amqpChannel.bindQueue(queue, STAGES.v4.cancels, "");
  const cancels = chan<Cancel>(1024);
  const hear = (message: amqplib.ConsumeMessage | null) => {
    // The broker says with null that the queue is gone. A careless program looks past it.
    if (message === null) return;
    const cancel = decodeCancel(message.content);
    tools.report({ type: "cancel received", cancel });
    cancels.trySend(cancel);
  };
  await amqpChannel.consume(queue, hear, { noAck: true });
  const jobs = admitJobs(await consume(STAGES.v4.jobs));
  await worker({ ...tools, ...fence, consumerId: queue, cancels, broadcast: () => {}, jobs });
});
