import { go, sleep } from "@shirts/chan";
import { exercise } from "@shirts/learn/exercise";
import type { Tools } from "@shirts/story";
import { type Played, played, tell } from "../../support/cluster.ts";

function story(worker: (tools: Tools) => Promise<void>): Promise<Played> {
  return played(async (cluster) => {
    go(worker, cluster.addWorker({ name: "n1", paceMs: 10, prefetch: 3 }));
    await cluster.command("purple");
    await cluster.command("green", "south-america");
    await sleep(35);
    await cluster.command("blue");
    await sleep(12);
    await cluster.command("orange");
    await sleep(500);
  });
}

export const ownOlder = exercise({
  task: `The node runs PURPLE, and BLUE comes to the same node. Its own cancel does not stop PURPLE, so both walk over the same people.
Add one line: look into the map before the new routine takes its place.`,
  law: "a newer job of an area stops the older routine of the same node, and no other one",
  hints: [
    "Where does the worker know what it runs in this area?",
    "`running.get(area)` is the older routine, or undefined when there is none.",
    "`running.get(area)?.stop.close();`, before `running.set`.",
  ],
  given: () => import("./given.ts"),
  solution: () => import("./solution.ts"),
  async run({ worker }, print) {
    tell(await story(worker), print);
  },
  async complaint({ worker }) {
    const { cluster, stopped } = await story(worker);
    if (stopped) return stopped;
    const { log } = cluster;
    const north = log.filter((event) => "command" in event && event.command.area === "north-america");
    for (const [newer, older] of [
      ["blue", "purple"],
      ["orange", "blue"],
    ] as const) {
      const begun = north.findIndex((event) => event.type === "delivered" && event.command.shirt === newer);
      if (begun === -1)
        return `${newer.toUpperCase()} is never taken: the worker waits for ${older.toUpperCase()} first, as v2 does`;
      // A step that is on its way when the newer job comes may still land.
      const late = north
        .slice(begun)
        .filter((event) => event.type === "painted" && event.command.shirt === older).length;
      if (late > 1)
        return `${newer.toUpperCase()} begins, and ${older.toUpperCase()} paints ${late} steps after that: nobody stopped its routine, and a node ignores its own cancels`;
    }
    const unacked = ["purple", "blue", "orange", "green"].find(
      (shirt) => !log.some((event) => event.type === "acked" && event.command.shirt === shirt),
    );
    const south = cluster.bar("south-america");
    if (south !== "GGGGGGGGGG")
      return `South America reads ${south}: a command for North America stopped GREEN`;
    if (unacked) return `${unacked.toUpperCase()} is never acked, so the broker gives it away again`;
    const bar = cluster.bar();
    return bar === "OOOOOOOOOO" ? undefined : `ORANGE came last, and North America reads ${bar}`;
  },
});
