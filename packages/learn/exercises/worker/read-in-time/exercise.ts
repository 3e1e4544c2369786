import { exercise } from "@shirts/learn/exercise";
import { type Plan, Workday } from "../../support/workshop.ts";

const days: readonly Plan[] = [
  { orders: 20, orderMs: 200, sewMs: 100, changes: { 4: "blue", 8: "green", 13: "orange", 17: "purple" } },
  { orders: 7, orderMs: 50, sewMs: 120, readMs: 15, changes: { 2: "green", 3: "blue", 6: "orange" } },
];

export const readInTime = exercise({
  task: `The tailor has no ticker. He reads the table once for each job, at the end of the one before.
A change that comes while he waits for an order is not seen. Move one line, so that no shirt is old.`,
  law: "no shirt is dyed in a state that was old when it was ordered, and each job is acked when its shirt is delivered",
  hints: [
    "Which orders are old? Look at the moment of the read, and at the moment of the order.",
    "A read that begins after the job was taken knows at least what the president knew when he ordered.",
    "`readState` belongs inside the loop, anywhere before `deliver`. The first read, above the loop, is not needed then.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ worker }, print) {
    const { lines } = await new Workday(days[0] as Plan).play(worker);
    lines.forEach(print);
  },
  async complaint({ worker }) {
    for (const plan of days) {
      const day = await new Workday(plan).play(worker);
      if (day.complaint) return day.complaint;
      if (day.old.length > 0)
        return `${day.old.length} of ${plan.orders} shirts are old (${day.old.join(", ")}): the tailor read the table before these were ordered, and never again before he dyed them`;
    }
    return undefined;
  },
});
