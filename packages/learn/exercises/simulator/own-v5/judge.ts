/** The simulator's laws, in many stories from fixed seeds and in all orders of a small one, beside v4 in the same ones. */
import { judgeWorker, runStory, type Stage, stageOf, whatWentWrong } from "@shirts/sim";
import type { FencedTools } from "@shirts/story";
import { eventText } from "@shirts/terminal";

type Worker = (tools: FencedTools) => Promise<void>;

const beside = stageOf("v4");

function stageWith(worker: unknown): Stage {
  if (typeof worker !== "function") throw new Error("the file must export a function `worker`");
  return { ...beside, name: "v5", worker: worker as Stage["worker"] };
}

/**
 * The first law that the worker breaks in a story in which v4 keeps it, and how; undefined when there is none. Some thousand
 * stories, and all orders of a small one.
 */
export async function brokenLaw(worker: Worker): Promise<string | undefined> {
  const judged = await judgeWorker(stageWith(worker).worker, { base: "v4", name: "v5" });
  if (judged === undefined) return undefined;
  const { law, sentence, story } = judged;
  const faults = (story?.faults ?? []).map(({ kind }) => kind);
  const trouble = faults.length > 0 ? `with ${faults.join(" and ")}` : "on a network without faults";
  return `the law "${law}" breaks: ${sentence} It was ${trouble}`;
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
