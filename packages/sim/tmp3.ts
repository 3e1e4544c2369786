import { explore } from "./src/explore.ts";
import { stageOf } from "./src/stages.ts";

const commands = [
  { atMs: 0, area: "north-america", shirt: "purple" },
  { atMs: 0, area: "north-america", shirt: "blue" },
] as any;
const e = await explore({ stage: stageOf("v4"), nodes: 2, steps: 2, commands });
console.log(e.ways, e.runs);
