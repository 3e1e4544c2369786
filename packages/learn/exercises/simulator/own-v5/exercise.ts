import { exercise } from "@shirts/learn/exercise";
import type { FencedTools } from "@shirts/story";
import { brokenLaw, smallStory } from "./judge.ts";

interface OwnWorker {
  worker(tools: FencedTools): Promise<void>;
}

export const ownV5 = exercise<OwnWorker>({
  task: `Write your own v5. It gets v4's tools: cancels with an age, a table with a fence, and \`resume\`.
Mend this one, or throw it away and begin anew. The simulator says which law breaks, and in which story.`,
  law: "your worker keeps all laws of the simulator in every story in which v4 keeps them",
  hints: [
    "A cancel has a revision now. Keep the newest one that you have heard of for each area, and stop only what is older.",
    "A job that is older than what you have heard needs no step: ack it. And hear what waits in `cancels` before you begin.",
    "`paint` resolves to false when the fence refuses a step: then stop. And begin at `await resume(command)`, not at 0.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  seconds: 60,
  async run({ worker }, print) {
    for (const line of await smallStory(worker)) print(line);
  },
  complaint: ({ worker }) => brokenLaw(worker),
});
