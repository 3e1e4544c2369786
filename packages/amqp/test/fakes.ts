/** A connection and AMQP channels in memory: what the broker does, and in which order, is the test's to say. */
import { EventEmitter } from "node:events";
import type { ChannelModel, ConfirmChannel, ConsumeMessage } from "amqplib";
import type { AmqpChannelPlan } from "../src/amqp-channels.ts";
import type { ConnectionSupervisor } from "../src/supervisor.ts";

/** A supervisor that opens nothing by itself. */
export function fakeSupervisor(): {
  supervisor: ConnectionSupervisor;
  /** Opens the AMQP channel of the one plan that was kept, as after a reconnect. */
  open(amqpChannel: FakeChannel): Promise<void>;
  lose(): void;
  /** How often the AMQP channel was given up for another one. */
  renewed: () => number;
} {
  let plan: AmqpChannelPlan | undefined;
  let renewed = 0;
  const model = {} as ChannelModel;
  const supervisor = {
    address: { text: "broker" },
    async keepAmqpChannel(_what: string, kept: AmqpChannelPlan) {
      plan = kept;
      await plan.setUp(new FakeChannel() as never, model);
      return { renew: () => void renewed++ };
    },
    failed() {},
    recovered() {},
  } as unknown as ConnectionSupervisor;
  return {
    supervisor,
    open: async (amqpChannel) => plan?.setUp(amqpChannel as never, model),
    lose: () => plan?.lost?.(undefined),
    renewed: () => renewed,
  };
}

type Confirm = Parameters<ConfirmChannel["publish"]>[4];

export class FakeChannel extends EventEmitter {
  /** What was asked of it, in order. */
  readonly calls: string[] = [];
  readonly published: { id: string; confirm: NonNullable<Confirm> }[] = [];
  receive: (message: ConsumeMessage | null) => void = () => {};

  async assertExchange(): Promise<void> {
    this.calls.push("exchange");
  }
  async assertQueue(): Promise<{ queue: string }> {
    this.calls.push("queue");
    return { queue: "queue-1" };
  }
  async bindQueue(): Promise<void> {
    this.calls.push("bind");
  }
  async consume(_queue: string, receive: (message: ConsumeMessage | null) => void): Promise<void> {
    this.calls.push("consume");
    this.receive = receive;
  }
  publish(...[, , , options, confirm]: Parameters<ConfirmChannel["publish"]>): boolean {
    if (confirm) this.published.push({ id: String(options?.messageId), confirm });
    return true;
  }
}
