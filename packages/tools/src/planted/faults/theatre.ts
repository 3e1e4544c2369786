import type { FaultyFile } from "../fault.ts";

const FOLD = "theatre/test/scene/fold.test.ts";
const TIMELINE = "theatre/test/scene/timeline.test.ts";
const SEEK = "theatre/test/scene/seek.test.ts";
const TRANSPORT = "theatre/test/player/transport.test.ts";
const SPOTS = "theatre/test/code/spots.test.ts";
const STATE = "theatre/test/watch/state.test.ts";

/** The page shows what the trace says: no more, no less, and at each moment the same. */
export const theatre: readonly FaultyFile[] = [
  {
    file: "theatre/src/scene/fold.ts",
    tests: [FOLD, TIMELINE],
    faults: [
      {
        fault: "a step changes the people of earlier scenes",
        find: "const people = scene.people.copy();",
        put: "const { people } = scene;",
      },
      {
        fault: "the jobs of a dead node are gone",
        find: "return change(lost(scene, name), name,",
        put: "return change(scene, name,",
      },
      {
        fault: "a job that comes back stands behind newer ones",
        find: "  queue.sort((a, b) => a.command.revision - b.command.revision);\n",
        put: "",
      },
      {
        fault: "one ack settles two deliveries",
        find: "return one.deliveries > 1 ? [{ ...one, deliveries: one.deliveries - 1 }] : [];",
        put: "return [];",
      },
      {
        fault: "a node hears its own cancel",
        find: "cancel.consumerId === node.consumerId ? node : { ...node, heard: cancel }",
        put: "({ ...node, heard: cancel })",
      },
    ],
  },
  {
    file: "theatre/src/scene/timeline.ts",
    tests: [TIMELINE, SEEK],
    faults: [
      {
        fault: "a jump plays from the first event",
        find: "return this.#play(this.#kept[wanted] as Scene, wanted * EVERY, position);",
        put: "return this.#play(this.#kept[0] as Scene, 0, position);",
      },
    ],
  },
  {
    file: "theatre/src/player/transport.ts",
    tests: [TRANSPORT],
    faults: [
      {
        fault: "the speed is a number on the screen",
        find: "this.#waited += passed * this.speed.value;",
        put: "this.#waited += passed;",
      },
      {
        fault: "the frames never rest",
        find: "if (at >= times.length) this.isPlaying.value = false;",
        put: "",
      },
    ],
  },
  {
    file: "theatre/src/player/together.ts",
    tests: [TRANSPORT],
    faults: [
      {
        fault: "two stages play one after the other",
        find: ".toSorted((a, b) => a.at - b.at)",
        put: "",
      },
    ],
  },
  {
    file: "theatre/src/code/listing.ts",
    tests: [SPOTS],
    faults: [{ fault: "the marks of regions are shown", find: "      continue;\n", put: "" }],
  },
  {
    file: "theatre/src/modes/watch/state.ts",
    tests: [STATE],
    faults: [
      {
        fault: "an older story replaces a newer one, or the page stays empty",
        find: "if (isOld && problem.peek() === undefined) return;",
        put: "if (isOld) return;",
      },
    ],
  },
  {
    file: "theatre/src/modes/watch/faults.tsx",
    tests: ["theatre/test/watch/faults.test.ts"],
    faults: [
      {
        fault: "the form lets a command be published again before it is given",
        find: "atMs: Math.max(atMs, earliest)",
        put: "atMs",
      },
    ],
  },
  {
    file: "theatre/src/serve-main.ts",
    tests: ["theatre/test/serve-main.test.ts"],
    faults: [
      { fault: "the page opens without its scene", find: "served?.hash ?? hash", put: 'served?.hash ?? ""' },
      { fault: "the page opens without its trace", find: "served?.hash ?? hash", put: "hash" },
    ],
  },
  {
    file: "theatre/src/serve/build.ts",
    tests: ["theatre/test/build.test.ts"],
    faults: [
      {
        fault: "a page that is older than its sources is shown",
        find: "built > Math.max(own, ...theirs)",
        put: "built > 0",
      },
      {
        fault: "a page is never fresh, and is built for each play",
        find: "built > Math.max(own, ...theirs)",
        put: "false",
      },
    ],
  },
];
