import { exercise } from "@shirts/learn/exercise";
import type { Story } from "@shirts/sim";
import { loses, playStage, tellStory } from "../../support/story.ts";
import { story as asGiven } from "./given.ts";

interface Freeze {
  readonly atMs: number;
  readonly forMs: number;
}

const frozen = ({ atMs, forMs }: Freeze): Story => ({
  ...asGiven,
  faults: [{ kind: "pause", node: 0, atMs, forMs }],
});

export const frozenNode = exercise({
  task: `A node with v3 freezes, and wakes up. When it freezes early, all ends well.
Choose the moment and the length, so that the node paints over BLUE when it wakes up. v4 plays your story, too, and refuses that step.`,
  law: "v3 loses the story with your freeze, somebody wears purple, and v4 keeps the law",
  hints: [
    "BLUE is commanded at 30 ms. The node should sleep while BLUE's soldier comes by.",
    "It must wake up with a step that is due: then it paints before it reads the cancel.",
    "Freeze it at 31 ms. BLUE's soldier needs 10 ms for two steps; 30 ms are enough.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: ({ freeze }, print) => tellStory("v3", frozen(freeze), print),
  async complaint({ freeze }) {
    for (const name of ["atMs", "forMs"] as const)
      if (!(Number.isInteger(freeze?.[name]) && freeze[name] >= 0 && freeze[name] <= 5000))
        return `\`${name}\` is ${freeze?.[name]}: it should be a whole number of milliseconds, from 0 to 5000`;
    const story = frozen(freeze);
    const [v3, v4] = [await playStage("v3", story), await playStage("v4", story)];
    if (loses(v4)) return "v4 loses this story, and that must not be: please report it";
    if (!loses(v3)) {
      const { atMs, forMs } = freeze;
      if (atMs + forMs < 32)
        return `it wakes up at ${atMs + forMs} ms, and BLUE is commanded at 30 ms: nothing has happened while it slept`;
      const stops = v3.trace.find(({ type }) => type === "stopped");
      return stops
        ? `frozen at ${atMs} ms for ${forMs} ms: it hears the cancel in time, or BLUE comes by after it, and everybody wears BLUE`
        : `frozen at ${atMs} ms for ${forMs} ms: everybody wears BLUE in the end`;
    }
    return v3.verdict[0]?.wearing.purple
      ? undefined
      : "v3 loses this story, but nobody wears purple: the newer command did not come to everybody";
  },
});
