/**
 * A schedule as data: a small story, and the way that it takes at each fork. `pnpm sim --schedule FILE` plays it, and the page
 * where one is the scheduler writes it.
 */
import { type Area, areas, type Colour, colours, isArea, isColour } from "@shirts/story";
import { type ExplorableFault, explorableFaults } from "./explore.ts";
import { ImpossibleStoryError } from "./plan.ts";
import { type Fork, type Played, playSchedule } from "./schedule.ts";
import { stageOf, UnknownStageError } from "./stages.ts";

export interface Schedule {
  readonly stage: string;
  readonly nodes: number;
  /** One step paints one person, so an area has so many people. */
  readonly steps: number;
  /** In the order in which the president gives them. */
  readonly commands: readonly { readonly area: Area; readonly shirt: Colour }[];
  readonly fault?: ExplorableFault | undefined;
  /** The names of the ways, one for each fork. */
  readonly choices: readonly string[];
}

/** Checks what was read from a file or a link. Throws ImpossibleStoryError: one line that says what is wrong. */
export function readSchedule(value: unknown): Schedule {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    impossible("a schedule is an object with stage, nodes, steps, commands and choices");
  const { stage, nodes, steps, commands, fault, choices } = value as Record<string, unknown>;
  if (typeof stage !== "string") impossible('a schedule has a "stage", for example "v2"');
  checkStage(stage);
  if (!Array.isArray(commands) || commands.length < 1 || commands.length > 9)
    impossible('a schedule has a list "commands", of 1 to 9');
  if (!Array.isArray(choices)) impossible('a schedule has a list "choices"');
  const known = explorableFaults.find((one) => one === fault);
  if (fault !== undefined && known === undefined)
    impossible(`there is no fault ${shown(fault)} to choose; there are ${explorableFaults.join(", ")}`);
  return {
    stage,
    nodes: whole("nodes", nodes, 9),
    steps: whole("steps", steps, 100),
    commands: commands.map(readCommand),
    ...(known && { fault: known }),
    choices: choices.map((choice, i) =>
      typeof choice === "string" ? choice : impossible(`choice ${i + 1} is ${shown(choice)}, and no name`),
    ),
  };
}

/**
 * Plays a schedule to the end of its story. Throws ImpossibleStoryError when a choice is none of the ways at its fork, when the
 * story needs more choices, and when it is over before the last one.
 */
export async function playChoices(schedule: Schedule): Promise<Played> {
  const { nodes, steps, commands, fault, choices } = schedule;
  const story = {
    stage: stageOf(schedule.stage),
    nodes,
    steps,
    commands: commands.map((command) => ({ atMs: 0, ...command })),
    fault,
  };
  let taken = 0;
  let wrong: string | undefined;
  const played = await playSchedule(story, ({ ways }: Fork) => {
    const choice = choices[taken];
    const way = choice === undefined ? -1 : ways.indexOf(choice);
    if (way >= 0) {
      taken++;
      return way;
    }
    const open = `there are ${ways.map(shown).join(", ")}`;
    wrong =
      choice === undefined
        ? `the choices end after ${taken}, and the story goes on: ${open}`
        : `choice ${taken + 1}, ${shown(choice)}, cannot be taken there; ${open}`;
    return undefined;
  });
  if (wrong !== undefined) impossible(wrong);
  if (taken < choices.length)
    impossible(`the story is over after ${taken} choices, and the schedule has ${choices.length}`);
  return played;
}

function checkStage(name: string): void {
  try {
    stageOf(name);
  } catch (error) {
    if (error instanceof UnknownStageError) impossible(error.message);
    throw error;
  }
}

function readCommand(value: unknown): Schedule["commands"][number] {
  const { area, shirt } = (value ?? {}) as Record<string, unknown>;
  if (typeof area !== "string" || !isArea(area))
    impossible(`a command has an area: ${areas.join(" or ")}, not ${shown(area)}`);
  if (typeof shirt !== "string" || !isColour(shirt))
    impossible(`a command has a shirt: ${colours.join(", ")}, not ${shown(shirt)}`);
  return { area, shirt };
}

function whole(what: string, value: unknown, max: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= max) return value;
  return impossible(`"${what}" must be a whole number from 1 to ${max}, not ${shown(value)}`);
}

/** Short, and on one line, whatever it is. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function impossible(why: string): never {
  throw new ImpossibleStoryError(why);
}
