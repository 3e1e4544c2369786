import type { FaultyFile } from "../fault.ts";

/** Stories that somebody chooses event by event: in the simulator, and as a game on the page. */
export const scheduler: readonly FaultyFile[] = [
  {
    file: "sim/src/explored-run.ts",
    tests: ["sim/test/schedule.test.ts"],
    faults: [
      {
        fault: "a run that is left in a select goes on with the next event",
        find: "if (side === undefined) this.isKnown = true;",
        put: "",
      },
      {
        fault: "a run that is left is played on from the next event",
        find: "if (this.isKnown) return undefined;",
        put: "",
      },
    ],
  },
  {
    file: "sim/src/choice-points.ts",
    tests: ["sim/test/explore.test.ts"],
    faults: [
      {
        fault: "a count so far tells orders that it takes back",
        find: "if (isCoin && taken > 0) break;",
        put: "ways += count.ways;",
        title: "a count tells how far it is",
      },
    ],
  },
  {
    file: "sim/src/schedule-file.ts",
    tests: ["sim/test/schedule.test.ts"],
    faults: [
      {
        fault: "a schedule with choices left over is taken for whole",
        find: "if (taken < choices.length)",
        put: "if (taken > choices.length)",
      },
      {
        fault: "a schedule that ends early goes on by itself",
        find: "choice === undefined ? -1 : ways.indexOf(choice)",
        put: "choice === undefined ? 0 : ways.indexOf(choice)",
      },
    ],
  },
  {
    file: "sim/src/scheduler/session.ts",
    tests: ["sim/test/scheduler/levels.test.ts", "sim/test/scheduler/session.test.ts"],
    faults: [
      {
        fault: "in a level where nothing is late, messages wait for the player all the same",
        find: "!late.includes(way.kind)",
        put: "late.includes(way.kind)",
      },
      {
        fault: "what waited for a frozen node arrives at once when it wakes up",
        find: "return trace.indexOf(sent) < woken;",
        put: "return false;",
      },
      {
        fault: "who lost by a shirt that nobody commanded is told that BLUE won",
        find: 'verdict.every(({ wrong }) => wrong === 0) ? "blue" : "none"',
        put: '"blue"',
      },
      {
        fault: "moves after the end of the story are dropped without a word",
        find: "if (marks.length < moves.length)",
        put: "if (false)",
      },
    ],
  },
  {
    file: "sim/src/scheduler/solve.ts",
    tests: ["sim/test/scheduler/levels.test.ts", "sim/test/scheduler/hint.test.ts"],
    faults: [
      {
        fault: "a solution is not the shortest: the search goes on from the last place only",
        find: "if (result === undefined) next.push(position);",
        put: "if (result === undefined) next.splice(0, 1, position);",
      },
    ],
  },
  {
    file: "sim/src/scheduler/words.ts",
    tests: ["sim/test/scheduler/session.test.ts"],
    faults: [
      {
        fault: "two buttons say the same: whose cancel it is, and not who hears it",
        find: "return say(text[way.kind](way.node, sender),",
        put: "return say(text[way.kind](sender, sender),",
      },
    ],
  },
];
