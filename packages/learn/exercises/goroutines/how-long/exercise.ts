import { play } from "@shirts/basics/play";
import { exercise } from "@shirts/learn/exercise";

const cases = [
  { generations: 1, children: 2 },
  { generations: 3, children: 2 },
  { generations: 2, children: 5 },
  { generations: 5, children: 1 },
  { generations: 4, children: 3 },
];

/** How many workers there are in all. */
function count(generations: number, children: number): number {
  return generations === 0 ? 0 : 1 + children * count(generations - 1, children);
}

export const howLong = exercise({
  task: `Predict, then prove. Each worker paints for one second and then starts some more, generation after generation.
Write the formula: how many seconds pass until all are back? The judge plays the trees, and compares.`,
  law: "the predicted time is the time that each tree takes",
  hints: [
    "Seven workers in three generations: the chapter has this tree.",
    "Those of one generation begin at the same time. How long do they take together?",
    "Only one of the two numbers counts.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async complaint({ seconds }) {
    const { tree } = await import("./given.ts");
    for (const { generations, children } of cases) {
      const { ms } = await play(() => tree(generations, children));
      const predicted = seconds(generations, children);
      if (predicted === ms / 1000) continue;
      const workers = count(generations, children);
      return `generations ${generations}, children ${children}: you say ${predicted} s, and it takes ${ms / 1000} s. Number of workers: ${workers}; those of one generation wait side by side`;
    }
    return undefined;
  },
});
