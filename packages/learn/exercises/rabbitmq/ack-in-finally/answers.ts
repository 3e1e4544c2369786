import type { Message } from "@shirts/learn";
import type { Answers } from "@shirts/learn/answers";

export const answers: Answers<Pick<typeof import("./given.ts"), "worker">> = {
  right: {
    "two handlers of a promise": {
      async worker(orders, paint) {
        for await (const order of orders)
          await paint(order.body).then(
            () => order.ack(),
            () => order.nack(),
          );
      },
    },
    "a flag, and a finally that looks at it": {
      async worker(orders, paint, print) {
        for await (const order of orders) {
          let isPainted = false;
          try {
            await paint(order.body);
            isPainted = true;
          } catch (error) {
            print(String(error));
          } finally {
            if (isPainted) order.ack();
            else order.nack();
          }
        }
      },
    },
    "it tries once more, then it gives the order back": {
      async worker(orders, paint, print) {
        const attempt = async (order: Message): Promise<boolean> => {
          try {
            await paint(order.body);
            return true;
          } catch (error) {
            print(String(error));
            return false;
          }
        };
        for await (const order of orders) {
          if ((await attempt(order)) || (await attempt(order))) order.ack();
          else order.nack();
        }
      },
    },
  },
  wrong: {
    "acked after the catch": {
      answer: {
        async worker(orders, paint, print) {
          for await (const order of orders) {
            try {
              await paint(order.body);
            } catch (error) {
              print(String(error));
            }
            order.ack();
          }
        },
      },
      says: /order 2 failed and was acked, so the broker has forgotten it/,
    },
    "given back, and then acked": {
      answer: {
        async worker(orders, paint, print) {
          for await (const order of orders) {
            try {
              await paint(order.body);
            } catch (error) {
              print(String(error));
              order.nack();
            } finally {
              order.ack();
            }
          }
        },
      },
      says: /order 2 was settled twice, and then the broker closes the AMQP channel/,
    },
    "no catch": {
      answer: {
        async worker(orders, paint) {
          for await (const order of orders) {
            await paint(order.body);
            order.ack();
          }
        },
      },
      says: /the worker ended with "Error: no paint", and an order that fails must not end it/,
    },
    "no word to the broker when it failed": {
      answer: {
        async worker(orders, paint, print) {
          for await (const order of orders) {
            try {
              await paint(order.body);
              order.ack();
            } catch (error) {
              print(String(error));
            }
          }
        },
      },
      says: /order 2 was neither acked nor given back/,
    },
    "it tries again for ever": {
      answer: {
        async worker(orders, paint, print) {
          for await (const order of orders) {
            for (let isPainted = false; !isPainted; ) {
              try {
                await paint(order.body);
                isPainted = true;
              } catch (error) {
                print(String(error));
              }
            }
            order.ack();
          }
        },
      },
      says: /the second one has: order 2 was neither acked nor given back/,
    },
    "everything is given back": {
      answer: {
        async worker(orders, paint, print) {
          for await (const order of orders) {
            await paint(order.body).catch((error) => print(String(error)));
            order.nack();
          }
        },
      },
      says: /is painted and not acked, so it comes again/,
    },
    "what comes a second time is acked": {
      answer: {
        async worker(orders, paint, print) {
          for await (const order of orders) {
            try {
              await paint(order.body);
              order.ack();
            } catch (error) {
              print(String(error));
              if (order.redelivered) order.ack();
              else order.nack();
            }
          }
        },
      },
      says: /order 2 failed and was acked/,
    },
  },
};
