import { exercise } from "@shirts/learn/exercise";
import type { Cancel, Command } from "@shirts/story";

const job = (
  shirt: Command["shirt"],
  revision: number,
  area: Command["area"] = "north-america",
): Command => ({ area, shirt, revision });
const cancel = (revision: number, area: Command["area"] = "north-america"): Cancel => ({
  area,
  consumerId: "n2",
  revision,
});

/** A job and whether it is to be done, or a cancel with what runs and whether that is to be stopped. */
type Event =
  | { readonly job: Command; readonly is: boolean }
  | { readonly cancel: Cancel; readonly running?: Command; readonly is: boolean };

const cases: readonly { readonly events: readonly Event[]; readonly why: string }[] = [
  {
    events: [
      { job: job("purple", 1), is: true },
      { job: job("blue", 2), is: true },
    ],
    why: "each is newer than the one before",
  },
  {
    events: [
      { cancel: cancel(2), is: false },
      { job: job("purple", 1), is: false },
    ],
    why: "it has heard of BLUE 2, by its cancel. PURPLE 1 is old news",
  },
  {
    events: [
      { cancel: cancel(2), is: false },
      { job: job("blue", 2), is: true },
    ],
    why: "the cancel of BLUE 2 speaks of BLUE 2's own job: that one is to be done",
  },
  {
    events: [
      { job: job("purple", 1), is: true },
      { cancel: cancel(2), running: job("purple", 1), is: true },
      { job: job("purple", 1), is: false },
    ],
    why: "PURPLE 1 was stopped for BLUE 2, and comes again",
  },
  {
    events: [
      { cancel: cancel(3), is: false },
      { cancel: cancel(2), is: false },
      { job: job("blue", 2), is: false },
    ],
    why: "the cancel of 2 came late: 3 is still the newest",
  },
  {
    events: [
      { job: job("blue", 2), is: true },
      { cancel: cancel(1), running: job("blue", 2), is: false },
      { job: job("purple", 1), is: false },
    ],
    why: "an older cancel stops nothing, and does not make it forget BLUE 2",
  },
  {
    events: [
      { cancel: cancel(9, "south-america"), is: false },
      { job: job("purple", 1), is: true },
    ],
    why: "each area has revisions of its own",
  },
  {
    events: [
      { cancel: { area: "north-america", consumerId: "n2" }, is: false },
      { job: job("purple", 1), is: true },
    ],
    why: "a cancel without a revision (v3's) says nothing about age",
  },
];

const told = (event: Event) =>
  "job" in event
    ? `the job of ${event.job.shirt.toUpperCase()} ${event.job.revision}`
    : `a cancel of revision ${event.cancel.revision ?? "none"} for ${event.cancel.area}${event.running ? ` while ${event.running.shirt.toUpperCase()} ${event.running.revision} runs` : ""}`;

export const cancelIsNews = exercise({
  task: `BLUE's cancel comes to a node that does nothing, and then PURPLE's job, late. The node does it, and walks until the fence refuses it.
Add one line: a cancel tells of a newer command, so remember it.`,
  law: "a job is dropped exactly when a newer command of its area is known, by a job or by a cancel",
  hints: [
    "Two things tell a node of a newer command. Which of the two does it remember?",
    "In `onCancel`, put the cancel's revision into the map, but only when it is higher than what is there.",
    "`this.newest.set(area, Math.max(revision, this.newest.get(area) ?? 0));`",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ Memory }, print) {
    const memory = new Memory();
    memory.onCancel(cancel(2), undefined);
    print(
      `after ${told({ cancel: cancel(2), is: false })}, PURPLE 1 is ${memory.onJob(job("purple", 1)) ? "done" : "dropped"}`,
    );
  },
  async complaint({ Memory }) {
    for (const { events, why } of cases) {
      const memory = new Memory();
      const story: string[] = [];
      for (const event of events) {
        story.push(told(event));
        const got = "job" in event ? memory.onJob(event.job) : memory.onCancel(event.cancel, event.running);
        if (got === event.is) continue;
        const [yes, no] = "job" in event ? ["done", "dropped"] : ["stopped", "not stopped"];
        return `${story.join(", then ")}: it is ${got ? yes : no}, and it should be ${event.is ? yes : no}: ${why}`;
      }
    }
    return undefined;
  },
});
