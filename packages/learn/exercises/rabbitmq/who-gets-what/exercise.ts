import { play } from "@shirts/basics/play";
import { go, sleep } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";
import { Queue } from "../queue.ts";

const cases = [
  { orders: 3, prefetch: 1 },
  { orders: 6, prefetch: 2 },
  { orders: 5, prefetch: 5 },
  { orders: 4, prefetch: 10 },
];

export const whoGetsWhat = exercise({
  task: `Predict, then prove. Two consumers share a queue. The first one never acks, and the second one acks each order at once.
How many orders does each of them get? Write the formula; the judge plays it with a queue of its own.`,
  law: "the predicted numbers are those of the orders that each consumer gets",
  hints: [
    "The chapter's program: three orders, a prefetch of one.",
    "Prefetch is how many messages a consumer may have in hand. Who never acks has its hands full after that many.",
    "There are not more orders than there are: `Math.min`.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async complaint({ shares }) {
    for (const { orders, prefetch } of cases) {
      const got = { careless: 0, careful: 0 };
      await play(async () => {
        const queue = new Queue(Array.from({ length: orders }, (_, i) => `order ${i + 1}`));
        for (const name of ["careless", "careful"] as const) {
          const { messages } = queue.consume(prefetch);
          go(async () => {
            for await (const message of messages) {
              got[name]++;
              if (name === "careful") message.ack();
            }
          });
          await sleep(100);
        }
      });
      const said = shares(orders, prefetch);
      if (said.careless === got.careless && said.careful === got.careful) continue;
      return `orders ${orders}, prefetch ${prefetch}: you say careless ${said.careless}, careful ${said.careful}, and it is careless ${got.careless}, careful ${got.careful}. Who never acks has its hands full after ${prefetch}`;
    }
    return undefined;
  },
});
