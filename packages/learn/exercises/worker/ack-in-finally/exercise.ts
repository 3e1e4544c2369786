import { exercise } from "@shirts/learn/exercise";
import { type Plan, Workday } from "../../support/workshop.ts";

const plan: Plan = { orders: 5, orderMs: 200, sewMs: 100, changes: { 2: "blue" } };

export const ackInFinally = exercise({
  task: `At the third shirt the needle breaks: \`sew\` throws. \`finally\` acks the job even so, and the shirt is lost.
Let a job be acked only when its shirt is delivered. A tailor who cannot go on may end: the broker gives his job to the next one.`,
  law: "a job is acked when its shirt is delivered, and never else; a tailor whose needle breaks does not keep his job",
  hints: [
    "`finally` runs after an error, too. What does an ack say to the broker?",
    "The ack is the last line of the work, behind `deliver`.",
    "Without `try` an error ends the worker. That is good: its connection ends, and the broker redelivers what is not acked.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ worker }, print) {
    const day = await new Workday({ ...plan, breaksAt: 3 }).play(worker);
    day.lines.forEach(print);
    if (day.stopped) print(`the worker ends: ${day.stopped}`);
    if (day.acked.has(3) && !day.results.some(({ number }) => number === 3))
      print("job 3 is acked, and there is no shirt 3");
  },
  async complaint({ worker }) {
    const good = await new Workday(plan).play(worker);
    if (good.complaint) return `with a good needle: ${good.complaint}`;
    const day = await new Workday({ ...plan, breaksAt: 3 }).play(worker);
    if (day.misdeed) return `when the needle breaks, ${day.misdeed}`;
    if (day.stopped?.startsWith("it waits"))
      return "when the needle breaks, the tailor keeps job 3 and waits for another one. The broker gives him none before the ack, and gives job 3 to nobody while he holds it: let him end, or sew it again";
    const lost = day.missing.find((number) => day.acked.has(number));
    if (lost) return `job ${lost} is acked, and its shirt is never delivered`;
    // It sewed the shirt again, or it ended: with an error, or quietly. Then the broker has job 3 and all that follow.
    return undefined;
  },
});
