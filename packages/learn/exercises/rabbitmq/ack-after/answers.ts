import { chan, go, sleep, WaitGroup } from "@shirts/chan";
import type { Message } from "@shirts/learn";
import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "worker">> = {
  right: {
    "a nack when there is no paint": {
      async worker(orders, paint) {
        for await (const order of orders)
          await paint(order.body).then(
            () => order.ack(),
            () => order.nack(),
          );
      },
    },
    "it ends with an error of its own when there is no paint": {
      async worker(orders, paint) {
        for await (const order of orders) {
          await paint(order.body).catch(() => {
            throw new Error(`${order.body} waits for paint`);
          });
          order.ack();
        }
      },
    },
    "a chain that nobody awaits": {
      async worker(orders, paint) {
        for await (const order of orders) void paint(order.body).then(() => order.ack());
      },
    },
    "a chain of promises": {
      async worker(orders, paint) {
        for await (const order of orders) await paint(order.body).then(() => order.ack());
      },
    },
    "a routine for each order": {
      async worker(orders, paint) {
        const group = new WaitGroup();
        for await (const order of orders) {
          group.go(async () => {
            await paint(order.body);
            order.ack();
          });
        }
        await group.wait();
      },
    },
    "recv and ok": {
      async worker(orders, paint) {
        for (;;) {
          const [order, ok] = await orders.recv();
          if (!ok) return;
          await paint(order.body);
          order.ack();
        }
      },
    },
  },
  wrong: {
    "it never acks": {
      answer: {
        async worker(orders, paint) {
          for await (const order of orders) await paint(order.body);
        },
      },
      says: /prefetch 1: the worker has 1 order in hand and acked 0, so the broker sends no more, and order 2 is never painted/,
    },
    "the work is not awaited": {
      answer: {
        async worker(orders, paint) {
          for await (const order of orders) {
            void paint(order.body);
            order.ack();
          }
        },
      },
      says: /died while it painted order 2, and order \d was acked and never painted: the broker has forgotten it/,
    },
    "all acks at the end": {
      answer: {
        async worker(orders, paint) {
          const done: Message[] = [];
          for await (const order of orders) {
            await paint(order.body);
            done.push(order);
          }
          for (const order of done) order.ack();
        },
      },
      says: /acked 0, so the broker sends no more/,
    },
    "an ack when half the time has passed": {
      answer: {
        async worker(orders, paint) {
          for await (const order of orders) {
            go(async () => {
              await sleep(10);
              order.ack();
            });
            await paint(order.body);
          }
        },
      },
      says: /order 2 was acked and never painted/,
    },
    "the one before is acked when the next one comes": {
      answer: {
        async worker(orders, paint) {
          let before: Message | undefined;
          for await (const order of orders) {
            before?.ack();
            await paint(order.body);
            before = order;
          }
        },
      },
      says: /the broker sends no more, and order 2 is never painted/,
    },
    "acked twice": {
      answer: {
        async worker(orders, paint) {
          for await (const order of orders) {
            await paint(order.body);
            order.ack();
            order.ack();
          }
        },
      },
      says: /PRECONDITION_FAILED: order 1 was settled before/,
    },
    "acked twice, and nobody hears the error": {
      answer: {
        async worker(orders, paint) {
          for await (const order of orders) {
            await paint(order.body);
            order.ack();
            go(async () => {
              await Promise.resolve()
                .then(() => order.ack())
                .catch(() => {});
            });
          }
        },
      },
      says: /order 1 was settled twice, and then the broker closes the AMQP channel/,
    },
    "an ack after ten seconds, when the paint must be dry": {
      answer: {
        async worker(orders, paint) {
          for await (const order of orders) {
            void paint(order.body);
            await sleep(10_000);
            order.ack();
          }
        },
      },
      says: /died while it painted order 2, and order 2 was acked and never painted/,
    },
    "an ack in a finally": {
      answer: {
        async worker(orders, paint) {
          for await (const order of orders) {
            try {
              await paint(order.body);
            } finally {
              order.ack();
            }
          }
        },
      },
      says: /there was no paint for order 2, and order 2 was acked and never painted/,
    },
    "it tries again and again without waiting": {
      answer: {
        async worker(orders, paint) {
          const open = chan<number>(1);
          for await (const order of orders) {
            await paint(order.body).catch(async () => {
              for (;;) {
                await open.send(1);
                await open.recv();
              }
            });
            order.ack();
          }
        },
      },
      says: /^a loop never waits/,
    },
    "each order twice, to be sure": {
      answer: {
        async worker(orders, paint) {
          for await (const order of orders) {
            await paint(order.body);
            await paint(order.body);
            order.ack();
          }
        },
      },
      says: /nobody died, and order 1 was painted twice/,
    },
    "an ack when it comes again": {
      answer: {
        async worker(orders, paint) {
          for await (const order of orders) {
            await paint(order.body);
            if (order.redelivered) order.ack();
            else order.nack();
          }
        },
      },
      says: /nobody died, and order 1 was painted twice/,
    },
    "acked and not painted": {
      answer: {
        async worker(orders) {
          for await (const order of orders) order.ack();
        },
      },
      says: /order 1 was acked and never painted/,
    },
    "what comes again was done already, it thinks": {
      answer: {
        async worker(orders, paint) {
          for await (const order of orders) {
            if (!order.redelivered) await paint(order.body);
            order.ack();
          }
        },
      },
      says: /died while it painted order 2, and order 2 was acked and never painted/,
    },
  },
};
