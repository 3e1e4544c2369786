/** One story of the storm: a few commands in a burst, one fault in the middle, and the verdict when all is quiet. */
import { setTimeout as sleep } from "node:timers/promises";
import { command as order } from "@shirts/cluster/president";
import {
  type Area,
  type AreaVerdict,
  areas,
  type Command,
  colours,
  Picture,
  type TraceEvent,
} from "@shirts/story";
import { type Arena, STEPS } from "./arena.ts";
import { FAULTS, type FaultName, FROM_THE_START } from "./faults.ts";
import { type Random, random } from "./random.ts";

export interface StoryResult {
  readonly fault: FaultName;
  readonly seed: number;
  readonly peopleWrong: number;
  readonly stale: number;
  readonly refused: number;
  /** Commands whose job nobody acked before the story's time was over, or that the table has forgotten. */
  readonly lost: number;
  /** From the end of the fault until everything was quiet. */
  readonly seconds: number;
  readonly trace: readonly TraceEvent[];
}

/** How long a story may need to become quiet once its fault is over. */
const TIMEOUT_MS = 20_000;

/** Plays one story. `signal` ends it early, once its fault is over; what it then resolves with says nothing. */
export async function playStory(
  arena: Arena,
  fault: FaultName,
  seed: number,
  signal?: AbortSignal,
): Promise<StoryResult> {
  const dice = random(seed);
  const picture = new Picture(areas, STEPS);
  const trace: TraceEvent[] = [];
  const hear = (event: TraceEvent) => {
    trace.push(event);
    picture.apply(event);
    if (event.type === "crashed") picture.forget(event.node);
  };
  arena.listener = hear;
  await arena.heal();
  const before = await arena.table.verdict();
  const commands: Command[] = [];
  const note = (command: Command) => {
    commands.push(command);
    arena.report({ type: "commanded", command });
  };
  const giveOne = async (chance: Random) => {
    await order(
      arena,
      arena.stage,
      chance.pick(["north-america", ...areas] as Area[]),
      chance.pick(colours),
      note,
    );
    await sleep(chance.int(0, 80));
  };
  const give = async () => {
    for (let count = dice.int(2, 4); count > 0 && !signal?.aborted; count--) await giveOne(dice);
  };
  const repairs: (() => Promise<void>)[] = [];
  const luck = random(seed + 1);
  const strike = (allGiven: Promise<void>) =>
    FAULTS[fault]({
      arena,
      random: luck,
      commands,
      allGiven,
      giveOne: () => giveOne(luck),
      note,
      whenQuiet: (repair) => repairs.push(repair),
    });
  if (FROM_THE_START.has(fault)) {
    await strike(Promise.resolve());
    await give();
  } else {
    const allGiven = give();
    await Promise.all([allGiven, sleep(luck.int(20, 160)).then(() => strike(allGiven))]);
  }
  const calmAt = performance.now();
  const lost = await untilQuiet(arena, picture, commands.length, signal);
  const seconds = (performance.now() - calmAt) / 1000;
  for (const repair of repairs) await repair();
  const unfinished = await arena.table.unfinished(arena.stage);
  // By its own verdict a table that lost a command is right: it does not know what it has forgotten.
  const known = await Promise.all(commands.map((command) => arena.table.accepted(command)));
  const forgotten = known.filter((isKnown) => !isKnown).length;
  const verdicts = ofThisStory(before, await arena.table.verdict());
  const isCommanded = ({ area }: AreaVerdict) => commands.some((command) => command.area === area);
  for (const verdict of verdicts)
    if (isCommanded(verdict) || verdict.stale > 0)
      hear({ type: "verdict", verdict, node: "table", at: Date.now() });
  return {
    fault,
    seed,
    trace,
    // What the nodes say, or what the table says, whichever is worse. In the talk's stages a routine that was stopped is not lost.
    lost: Math.max(lost, forgotten, arena.stage === "v4" ? unfinished.length : 0),
    // An area that nobody commanded in this story shows what an earlier one left.
    peopleWrong: sum(verdicts.filter(isCommanded), "wrong"),
    stale: sum(verdicts, "stale"),
    refused: sum(verdicts, "refused"),
    seconds,
  };
}

/** The table counts the steps of all stories; of each verdict stay the steps that this story has added. */
function ofThisStory(before: readonly AreaVerdict[], after: readonly AreaVerdict[]): AreaVerdict[] {
  return after.map((verdict) => {
    const earlier = before.find(({ area }) => area === verdict.area);
    const { stale = 0, refused = 0 } = earlier ?? {};
    return { ...verdict, stale: verdict.stale - stale, refused: verdict.refused - refused };
  });
}

/** Resolves when every command's job is acked and nobody works, or at the timeout, with how many were never acked. */
async function untilQuiet(
  arena: Arena,
  picture: Picture,
  orders: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  const until = performance.now() + TIMEOUT_MS;
  for (let calm = 0; calm < 3 && performance.now() < until && !signal?.aborted; ) {
    await sleep(40);
    const isCalm = picture.isOver(orders) && picture.walks.size === 0;
    const waiting = isCalm ? (await arena.rabbit.depth(`${arena.stage}_jobs`)).messages : 1;
    calm = waiting === 0 ? calm + 1 : 0;
  }
  return picture.unacked(orders);
}

function sum(verdicts: readonly AreaVerdict[], key: "wrong" | "stale" | "refused"): number {
  return verdicts.reduce((total, verdict) => total + verdict[key], 0);
}
