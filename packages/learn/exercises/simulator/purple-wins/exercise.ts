import { exercise } from "@shirts/learn/exercise";
import { changed, complaintOfBounds, loses, playStage, tellStory } from "../../support/story.ts";
import { story as asGiven } from "./given.ts";

export const purpleWins = exercise({
  task: `In this story v2 is right: BLUE's cancel comes after 2 ms, and PURPLE stops. Change one number, so that somebody stays purple.
No fault is allowed. Then see that v4 keeps the law in your story, too.`,
  law: "by one changed number v2 loses the story, somebody wears purple in the end, and v4 does not lose it",
  hints: [
    "What makes PURPLE stop? When does that come?",
    "BLUE's soldier is four times as fast. Give him the time to overtake, before PURPLE hears of him.",
    "Make the delay of the cancel longer: 200 in place of 2.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  run: ({ story }, print) => tellStory("v2", story, print),
  async complaint({ story }) {
    const bounds = complaintOfBounds(story);
    if (bounds) return bounds;
    const paths = changed(asGiven, story);
    if ((story.faults ?? []).length > 0)
      return "there is a fault in the story. PURPLE can win without any: only by the time that a message needs";
    if (paths.length > 1)
      return `you have changed ${paths.length} things (${paths.join(", ")}): one number is enough`;
    const [v2, v4] = [await playStage("v2", story), await playStage("v4", story)];
    const purple = v2.verdict[0]?.wearing;
    if (!loses(v2))
      return "v2 is right in this story: everybody wears BLUE in the end. Somebody who is painted purple after BLUE came by would stay so";
    if (!purple?.purple)
      return "v2 loses this story, but nobody wears purple in the end: the newest command never came to everybody";
    return loses(v4) ? "v4 loses this story, too, and that must not be: please report it" : undefined;
  },
});
