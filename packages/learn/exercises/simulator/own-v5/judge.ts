/** The simulator's laws, over many stories from fixed seeds, beside v4 in the same ones. */
import {
  type LawName,
  lawNames,
  runSeed,
  runStory,
  SHAPE,
  type Shape,
  type Stage,
  stageOf,
  whatWentWrong,
} from "@shirts/sim";
import type { FencedTools } from "@shirts/story";
import { eventText } from "@shirts/terminal";

type Worker = (tools: FencedTools) => Promise<void>;

const beside = stageOf("v4");

const TROUBLE: Shape = {
  nodes: [2, 3],
  commands: [2, 4],
  steps: [2, 8],
  faults: [1, 2],
  kinds: ["crash", "pause", "lost-cancel", "disconnect", "duplicate", "slow", "delay", "lost-answer"],
};

/** Simple stories first: they explain more. */
const ROUNDS: readonly { readonly shape: Shape; readonly seeds: number }[] = [
  { shape: SHAPE, seeds: 150 },
  { shape: TROUBLE, seeds: 400 },
];

function stageWith(worker: unknown): Stage {
  if (typeof worker !== "function") throw new Error("the file must export a function `worker`");
  return { ...beside, name: "v5", worker: worker as Stage["worker"] };
}

/** The first law that the worker breaks in a story in which v4 keeps it, and how; undefined when there is none. */
export async function brokenLaw(worker: Worker): Promise<string | undefined> {
  const stage = stageWith(worker);
  for (const { shape, seeds } of ROUNDS)
    for (let seed = 1; seed <= seeds; seed++) {
      const { story, outcome } = await runSeed(stage, shape, seed);
      const laws = lawNames.filter((law) => law in outcome.broken);
      if (laws.length === 0) continue;
      const allowed = (await runStory(beside, story, seed)).broken;
      const law = laws.find((one) => !(one in allowed));
      if (law)
        return sentence(
          law,
          outcome.broken[law] ?? "",
          story.faults.map(({ kind }) => kind),
          seed,
        );
    }
  return undefined;
}

function sentence(law: LawName, how: string, faults: readonly string[], seed: number): string {
  const trouble = faults.length > 0 ? `with ${faults.join(" and ")}` : "on a network without faults";
  return `the law "${law}" breaks: ${how}. It was in story ${seed}, ${trouble}`;
}

/** One story of two commands, event by event, and what was wrong in it. */
export async function smallStory(worker: Worker): Promise<string[]> {
  const area = "north-america";
  const { trace } = await runStory(
    stageWith(worker),
    {
      steps: 4,
      latencyMs: 3,
      nodes: [{ paceMs: 20 }, { paceMs: 5 }],
      commands: [
        { atMs: 0, area, shirt: "purple" },
        { atMs: 30, area, shirt: "blue" },
      ],
      faults: [],
    },
    1,
  );
  const wrong = whatWentWrong(trace, 4);
  return [...trace.map((event) => eventText(event)), wrong ?? "Everybody wears BLUE."];
}
