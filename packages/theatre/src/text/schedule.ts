/** The texts of "Be the scheduler": the levels, and the words on the buttons. */

interface LevelText {
  readonly name: string;
  /** What the stage is, and what may be late here. */
  readonly scene: string;
  /** After it was solved: what was learned. */
  readonly learned: string;
  /** Added when a node stopped the newest command: it may also be won without. */
  readonly ifStopped?: string;
}

const levels: Readonly<Record<string, LevelText>> = {
  v1: {
    name: "v1: two nodes, no cancel",
    scene:
      "Each node takes a job and walks over its two people. Nobody tells anybody to stop. You say who takes the next step.",
    learned:
      "Two nodes that know nothing of each other: the slower one comes last, and the last one to paint wins, not the last one to be commanded.",
  },
  "v2-cross": {
    name: "v2: the cancels cross",
    scene:
      "A node that takes a job now tells all others to stop: it sends them a cancel. You say when a cancel is heard.",
    learned:
      "A cancel has no age. It does not say which command it is of, so a node cannot tell whether it is meant.",
    ifStopped: "The node with the newer command obeyed, too.",
  },
  "v2-freeze": {
    name: "v2: one node freezes",
    scene:
      "Each cancel is heard at once, unless its node is frozen. One node may freeze for a while, and wake up. You say when.",
    learned:
      "A node that wakes up knows of no pause. What it held, and what waited for it, is old, and it takes it for new. No message can help in time: a frozen node hears none.",
  },
  "v2-crash": {
    name: "v2: one node dies",
    scene:
      "One node may die and start again. Then its job goes back to the queue, and you say when a node takes it.",
    learned:
      "A job that is handed out again looks like a new one. The node that took it told the others to stop, although its command was the older one.",
  },
  v3: {
    name: "v3: many routines, one late job",
    scene:
      "A node now runs many jobs at a time, and each job that it takes stops all others. You say when a job arrives.",
    learned:
      "The job that arrives last is not the command that was given last. In v3 the one who comes later wins, and nobody compares ages.",
  },
  "no-fence": {
    name: "v4 without its fence",
    scene:
      "A command has an age now: an older job is dropped, and a cancel stops only what is older. But a step is on its way to the table for a while, and you say when it comes there.",
    learned:
      "All knew the order, and everybody heard everything at once. But a step that is on its way to the table cannot be called back. A cancel saves work; it does not save data.",
  },
  "v3-fence": {
    name: "v3 behind the fence",
    scene:
      "The table refuses each step of an older command. But the cancels are v3's: they have no age. You say when a cancel is heard.",
    learned:
      "The fence held: no older step landed after the newer command. But the wrong cancel stopped the newer command, so nobody finished it. The fence needs cancels that have an age.",
  },
  v4: {
    name: "v4: order, supersede, fence",
    scene:
      "Everything may be late: jobs, cancels, and steps on their way to the table. Try. Then let the page count every order.",
    learned: "",
  },
};

export const scheduleText = {
  levels,
  levelsLabel: "Levels",
  intro:
    "The president commands PURPLE, and then BLUE. So all should wear BLUE in the end. You decide what happens next; what is no button happens by itself.",
  goal: "Your goal: make PURPLE win. In the end somebody must still wear PURPLE.",
  states: {
    open: "not solved",
    solved: (moves: number) => `solved in ${moves}`,
    best: (moves: number) => `solved in ${moves}, the fewest`,
    counted: "counted: cannot be lost",
  },
  nextLevel: "Next level",
  waysLabel: "What happens next?",
  wait: "One moment …",
  undo: "Undo",
  restart: "Restart",
  hint: "Hint",
  keys: "Keys: 1 to 9 choose, u undoes, r restarts, h gives a hint.",
  stepOnItsWay: (step: number) => `step ${step} is on its way to the table`,
  noWays: "Nothing is left to choose: the rest happens by itself.",
  medals: "✓ solved, ★ solved in the fewest moves; in v4 ★ is for counting.",
  youChose: (label: string) => `You chose: ${label}.`,
  atFirst: "Before your first move:",
  byItself: "By itself:",
  movesLabel: "Your moves",
  noMoves: "None so far.",
  picture: (name: string, events: number) => `${name}, after ${events} events`,
  result: {
    purple: (wearing: number, people: number) =>
      `PURPLE wins: ${wearing} of ${people} ${wearing === 1 ? "wears" : "wear"} it for good.`,
    moves: (moves: number, fewest: number) =>
      moves <= fewest
        ? `You won in ${moves} moves, and nobody can do it in fewer.`
        : `You won in ${moves} moves; the fewest is ${fewest}.`,
    blue: "Everybody wears BLUE: try again.",
    /** Where PURPLE cannot win: nothing was done badly. */
    blueAgain: "BLUE again. Think you can? Count them all.",
    onItsWay: (node: string, newest: string) =>
      `${node}'s step was already on its way when ${newest} was accepted, and nobody could call it back. It came last. Nothing will ever repair this.`,
    none: "BLUE has lost, and PURPLE has not won: nobody wears it. You are close. Undo, and let PURPLE paint before all stop.",
    noFault: "And you did not use the fault of this level.",
    learned: "What you have seen",
  },
  hints: {
    next: (way: string) => `Next: ${way}`,
    undo: (moves: number) =>
      moves === 1
        ? "From here PURPLE cannot win any more. Undo one move."
        : `From here PURPLE cannot win any more. Undo ${moves} moves.`,
    won: "PURPLE has won. There is nothing more to do.",
    never: "There is no hint: in v4 no order of these events makes PURPLE win. Let the page count them.",
    looking: "Looking for the shortest way …",
  },
  file: "Save for pnpm sim --schedule",
  link: {
    gone: (why: string) =>
      `This link is of another version of the page: ${why}. The moves before it are here.`,
    noLevel: (level: string) => `This link names a level that is not here: "${level.slice(0, 60)}".`,
  },
  count: {
    title: "Every order of events",
    about:
      "All that you can do in this level, and all that you did not think of. The simulator runs v4's own worker through each order, in a thread of its own on this page. It takes some ten seconds, more on a slow machine.",
    start: "Count them all",
    stop: "Stop",
    stopped: (orders: string) => `Stopped after ${orders} orders, none of them wrong.`,
    sofar: (orders: string, wrong: string, states: string) =>
      `${orders} orders so far, ${wrong} wrong (${states} different states)`,
    done: (orders: string, wrong: string) => `${orders} orders, ${wrong} wrong.`,
    never:
      "With 2 nodes and 2 people, and without a freeze or a crash, PURPLE cannot win. The table itself refuses each step that is older than the newest command, and a cancel stops only what is older, so BLUE is never stopped. A cancel saves work; a fence saves data.",
    kept: (orders: string) => `The tests of this project count the same: ${orders}.`,
    differs: (orders: string) =>
      `The tests of this project count ${orders}: this page is not of their version.`,
    failed: (why: string) => `The count has failed: ${why}`,
    noWorkers: "This browser has no Web Workers, so it cannot count in the background.",
    progress: "Orders counted",
  },
} as const;
