import { exercise } from "@shirts/learn/exercise";
import { type Plan, Workday } from "../../support/workshop.ts";

const days: readonly Plan[] = [
  {
    orders: 20,
    orderMs: 200,
    sewMs: 220,
    isCloth: true,
    changes: { 4: "blue", 8: "green", 13: "orange", 17: "purple" },
  },
  // Shirts that take long, and changes that come in a row: one shirt may be begun three times.
  { orders: 6, orderMs: 50, sewMs: 333, isCloth: true, changes: { 2: "blue", 3: "green", 5: "blue" } },
  // An idle tailor: the change comes while nothing is in work.
  { orders: 5, orderMs: 200, sewMs: 90, isCloth: true, changes: { 3: "blue", 4: "green" } },
];

export const dropThePiece = exercise({
  task: `A change in the middle of a shirt makes it worthless, and this tailor hears it only when the shirt is done: he sews inside of his loop.
Let a routine sew, and let the loop wait only in its select: at a change it drops the half-sewn shirt at once, and begins it again.`,
  law: "at a change the half-sewn shirt is dropped at once; no shirt is delivered in an old colour; he sews one at a time, and loses no job",
  hints: [
    "A piece in work is a job, its cloth (a state) and a stop chan. `go` a routine that sews it, and sends it into a chan `sewn`.",
    "Three cases: a job (only when nothing is in work), a state (close the stop, begin again), and `sewn` (deliver, ack).",
    "A piece that was dropped in its last moment may come, too. So compare: deliver only the piece that you hold. And its routine must not wait for ever: `select({ stop: receiving(stop), sewn: sending(sewn, piece) })`.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ fanIn }, print) {
    const day = await new Workday(days[0] as Plan).play(fanIn);
    for (const { number, shirt } of day.results) print(`shirt ${number}: ${shirt}`);
  },
  async complaint({ fanIn }) {
    for (const plan of days) {
      const { complaint, reads } = await new Workday(plan).play(fanIn);
      if (complaint) return complaint;
      if (reads > 5) return `the table was read ${reads} times: who is told of each change reads once`;
    }
    return undefined;
  },
});
