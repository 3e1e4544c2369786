import { exercise } from "@shirts/learn/exercise";
import { type Plan, Workday } from "../../support/workshop.ts";
import { worker as asGiven } from "./given.ts";

const ORDER_MS = 100;
const SEW_MS = 40;
const POLL_MS = 250;
const plan: Plan = { orders: 10, orderMs: ORDER_MS, sewMs: SEW_MS, changes: { 3: "blue", 7: "green" } };

/** The look before a shirt is dyed. */
function why(number: number): string {
  const orderedAt = (number - 1) * ORDER_MS;
  const look = Math.floor((orderedAt + SEW_MS) / POLL_MS) * POLL_MS;
  return `it is ordered at ${orderedAt} ms and dyed at ${orderedAt + SEW_MS} ms, and the look before that is at ${look} ms`;
}

export const whichAreOld = exercise({
  task: `Predict, then prove. The comment tells when each order comes, and when the tailor looks at the table.
Write into \`old\` the numbers of the shirts that are old: ordered after a change, and dyed in the colour before it.`,
  law: "the list names exactly the old shirts",
  hints: [
    "Write three rows on paper: the orders, the looks, and the two changes.",
    "A change is unknown to the tailor until his next look. BLUE comes at 200 ms; when is the next look?",
    "Each shirt that is dyed between a change and the next look is old: between 200 and 250 ms, and between 600 and 750 ms.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ old }, print) {
    print(`your prediction: ${old.join(", ") || "no shirt is old"}`);
  },
  async complaint({ old: predicted }) {
    if (!Array.isArray(predicted)) return "`old` should be a list of numbers, for example [1, 2]";
    const { old } = await new Workday(plan).play(asGiven);
    for (let number = 1; number <= plan.orders; number++) {
      const [isOld, isPredicted] = [old.includes(number), predicted.includes(number)];
      if (isOld === isPredicted) continue;
      return isOld
        ? `shirt ${number} is old, and your list does not say so: ${why(number)}. The change came in between`
        : `shirt ${number} is not old: ${why(number)}. He had seen the colour of its order by then`;
    }
    const stranger = predicted.find((number) => !(number >= 1 && number <= plan.orders));
    return stranger === undefined ? undefined : `there is no shirt ${stranger}: the orders are 1 to 10`;
  },
});
