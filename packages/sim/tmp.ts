import { explore } from "./src/explore.ts";
import { drawTrace } from "./src/print/draw.ts";
import { stages } from "./src/stages.ts";

const commands = [
  { atMs: 0, area: "north-america", shirt: "purple" },
  { atMs: 0, area: "north-america", shirt: "blue" },
] as any;
for (const fault of [undefined, "lost-cancel", "crash", "pause", "duplicate"] as any)
  for (const stage of stages) {
    const t = process.cpuUsage().user;
    const e = await explore({ stage, nodes: 2, steps: 2, commands, fault });
    console.log(
      String(fault).padEnd(12),
      stage.name.padEnd(10),
      e.ways,
      e.wrong,
      "states",
      e.states,
      "runs",
      e.runs,
      "shortest",
      e.shortest?.events,
      ((process.cpuUsage().user - t) / 1e6).toFixed(2) + "s",
    );
    if (!fault && e.states < 20000) {
      const b = await explore({ stage, nodes: 2, steps: 1, commands, fault, merging: false });
      const c = await explore({ stage, nodes: 2, steps: 1, commands, fault });
      console.log("   1 step", b.ways, b.wrong, b.runs, "=", c.ways, c.wrong, c.runs);
    }
  }
