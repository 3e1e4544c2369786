/** pnpm stage-diff: how much each stage differs from the one before, and whether only where its stage.json says so. */
import { program } from "@shirts/command-line";
import { report } from "./problem.ts";
import { changedLines, checkStage, readStages } from "./stages.ts";
import { repository } from "./tree.ts";

await program({
  name: "stage-diff",
  usage:
    "pnpm stage-diff    how much each stage differs from the one before, and whether it differs only in its regions",
  main() {
    const stages = readStages(repository).filter((it) => it.from !== undefined);
    for (const stage of stages) {
      const size = changedLines(repository, stage);
      console.log(`${stage.from} → ${stage.name}: ${size} lines in ${stage.regions.join(", ")}`);
    }
    return report(stages.flatMap((stage) => checkStage(repository, stage)));
  },
});
