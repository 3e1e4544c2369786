/** One story of the storm: a few commands in a burst, one fault in the middle, and the verdict when all is quiet. */
import { setTimeout as sleep } from "node:timers/promises";
import { AmqpError } from "@shirts/amqp";
import { command as order } from "@shirts/cluster/president";
import { type Area, type AreaVerdict, areas, colours, type TraceEvent } from "@shirts/story";
import { TableError } from "@shirts/table";
import { type Arena, POPULATION } from "./arena.ts";
import { DISTURBS_TABLE, FAULTS, type FaultName, FROM_THE_START } from "./faults/index.ts";
import { Hearing } from "./hearing.ts";
import { type Judgement, judge } from "./judge.ts";
import { findings } from "./laws.ts";
import { Orders } from "./orders.ts";
import { probe, untilQuiet } from "./quiet.ts";
import { type Random, random } from "./random.ts";

export interface StoryResult extends Judgement {
  readonly fault: FaultName;
  readonly seed: number;
  /** Everybody wears the newest shirt and no command is lost, and no person had to help. */
  readonly isRightByItself: boolean;
  /** From the end of the fault until everything was quiet. */
  readonly seconds: number;
  readonly trace: readonly TraceEvent[];
}

export function isWrong({ why }: StoryResult): boolean {
  return why.length > 0;
}

/** Plays one story. `signal` ends it early, once its fault is over; what it then resolves with says nothing. */
export async function playStory(
  arena: Arena,
  fault: FaultName,
  seed: number,
  signal?: AbortSignal,
): Promise<StoryResult> {
  const story = await Story.begin(arena);
  const dice = random(seed);
  const give = async () => {
    for (let count = dice.int(2, 4); count > 0 && !signal?.aborted; count--) await story.giveOne(dice);
  };
  const luck = random(seed + 1);
  if (FROM_THE_START.has(fault)) {
    await story.strike(fault, luck, Promise.resolve());
    await give();
  } else {
    const allGiven = give();
    await Promise.all([allGiven, sleep(luck.int(20, 160)).then(() => story.strike(fault, luck, allGiven))]);
  }
  return { fault, seed, ...(await story.end(fault, seed, signal)) };
}

/** What one story keeps while it is played. */
class Story {
  readonly #arena: Arena;
  readonly #orders: Orders;
  readonly #hearing: Hearing;
  /** Where the audit was when the story began. */
  readonly #mark: string;
  /** What the log of steps counted then. */
  #before: readonly AreaVerdict[];
  readonly #repairs: (() => Promise<unknown>)[] = [];
  readonly #complaints: string[] = [];
  #slowestCommandMs = 0;
  #hadPerson = false;

  private constructor(arena: Arena, world: string | undefined, mark: string, before: AreaVerdict[]) {
    this.#arena = arena;
    this.#orders = new Orders(world);
    this.#hearing = new Hearing(world);
    this.#mark = mark;
    this.#before = before;
    arena.listener = (event) => this.#hearing.hear(event);
  }

  static async begin(arena: Arena): Promise<Story> {
    const { table, audit } = arena;
    const story = new Story(arena, await table.world(), await audit.mark(), await table.verdict());
    await arena.heal();
    return story;
  }

  /** Gives one command. That table or broker does not answer is what a president has to bear; what became of it shows later. */
  async giveOne(chance: Random, wanted?: Area): Promise<void> {
    const { stage } = this.#arena;
    const area = wanted ?? chance.pick(["north-america", ...areas] as Area[]);
    const shirt = this.#orders.other(area, chance.pick(colours));
    const from = performance.now();
    const answered = () => {
      this.#slowestCommandMs = Math.max(this.#slowestCommandMs, performance.now() - from);
    };
    try {
      await order(this.#arena, stage, area, shirt, (command) => {
        answered();
        this.#note(command);
      });
    } catch (error) {
      if (!isUnanswered(error)) throw error;
      if (error instanceof TableError) answered();
      this.#arena.report({ type: "failed", reason: error.message });
    }
    await sleep(chance.int(0, 80));
  }

  readonly #note = (command: Parameters<Orders["note"]>[0]): void => {
    this.#orders.note(command);
    this.#arena.report({ type: "commanded", command });
  };

  async strike(fault: FaultName, luck: Random, allGiven: Promise<void>): Promise<void> {
    await FAULTS[fault]({
      arena: this.#arena,
      random: luck,
      commands: () => this.#orders.commands,
      trace: this.#hearing.trace,
      allGiven,
      giveOne: (area) => this.giveOne(luck, area),
      note: this.#note,
      whenQuiet: (repair) => this.#repairs.push(repair),
      newWorld: async () => {
        const world = await this.#arena.table.world();
        this.#orders.turnTo(world);
        this.#hearing.turnTo(world);
        this.#before = [];
      },
      loseJobs: () => this.#orders.loseJobs(),
      // Of three brokers the other two have them.
      forgetJobs: () => {
        if (this.#arena.hasNewJobsQueue && this.#arena.brokers.length === 1) this.#orders.forgetJobs();
      },
      byPerson: async (deed) => {
        this.#hadPerson = true;
        await deed();
      },
      complain: (line) => this.#complaints.push(line),
    });
  }

  /** Waits until all is quiet, and judges. */
  async end(
    fault: FaultName,
    seed: number,
    signal: AbortSignal | undefined,
  ): Promise<Omit<StoryResult, "fault" | "seed">> {
    const arena = this.#arena;
    const orders = this.#orders;
    const calmAt = performance.now();
    for (const command of orders.unanswered(await arena.audit.commands(this.#mark))) this.#note(command);
    await untilQuiet(arena, orders, this.#hearing, signal);
    const seconds = (performance.now() - calmAt) / 1000;
    const unacked = orders.unacked(this.#hearing.acked);
    const unfinished = await arena.table.unfinished(arena.stage);
    for (const repair of this.#repairs) await repair();
    await arena.heal();
    const sender = signal?.aborted ? undefined : await probe(arena, this.#hearing, seed);
    const verdicts = ofThisStory(this.#before, await arena.table.verdict());
    for (const verdict of verdicts)
      if (verdict.stale > 0 || orders.newest.some(({ area }) => area === verdict.area))
        this.#hearing.hear({ type: "verdict", verdict, node: "table", at: Date.now() });
    const judgement = judge({
      stage: arena.stage,
      population: POPULATION,
      newest: orders.newest,
      unseen: orders.unseen(await arena.audit.commands(this.#mark)),
      wearing: await arena.audit.wearing(),
      stalePaints: await arena.audit.stale(this.#mark),
      log: {
        stale: sum(verdicts, "stale"),
        refused: sum(verdicts, "refused"),
      },
      unacked,
      unfinished,
      findings: findings(this.#hearing.trace, {
        nodes: arena.slots.map(({ name }) => name),
        probe: sender,
        areCancelsPrompt: arena.stage === "v4" && !DISTURBS_TABLE.has(fault),
      }),
      complaints: this.#complaints,
      slowestCommandS: this.#slowestCommandMs / 1000,
    });
    const isRight = judgement.peopleWrong === 0 && judgement.lost === 0;
    return {
      ...judgement,
      isRightByItself: isRight && !this.#hadPerson,
      seconds,
      trace: this.#hearing.trace,
    };
  }
}

/** Nobody knows whether it was done. Without a confirm, v4's relay publishes the command again. */
function isUnanswered(error: unknown): error is TableError | AmqpError {
  return error instanceof TableError || (error instanceof AmqpError && error.kind === "timeout");
}

/** The table counts the steps of all stories; of each verdict stay the steps that this story has added. */
function ofThisStory(before: readonly AreaVerdict[], after: readonly AreaVerdict[]): AreaVerdict[] {
  return after.map((verdict) => {
    const { stale = 0, refused = 0 } = before.find(({ area }) => area === verdict.area) ?? {};
    return { ...verdict, stale: verdict.stale - stale, refused: verdict.refused - refused };
  });
}

function sum(verdicts: readonly AreaVerdict[], key: "stale" | "refused"): number {
  return verdicts.reduce((total, verdict) => total + verdict[key], 0);
}
