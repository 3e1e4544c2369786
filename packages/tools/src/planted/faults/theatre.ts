import type { FaultyFile } from "../fault.ts";

const FOLD = "theatre/test/scene/fold.test.ts";
const TIMELINE = "theatre/test/scene/timeline.test.ts";
const SEEK = "theatre/test/scene/seek.test.ts";
const FLAGS = "theatre/test/picture/flags.test.ts";
const BY_ITSELF = "theatre/test/scheduler/by-itself.test.ts";
const WINDOW = "theatre/test/player/window.test.ts";
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
        find: "people: scene.people.copy()",
        put: "people: scene.people",
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
        find: "const kept = this.#kept[Math.floor(position / this.#every)] as Scene;",
        put: "const kept = this.#kept[0] as Scene;",
      },
      {
        fault: "the kept scenes of a long trace fill the memory",
        find: "if (this.#kept.length <= this.#most()) return;",
        put: "return;",
      },
      {
        fault: "a play folds again and again what it has just shown",
        find: "const from = isNear ? this.#last : kept;",
        put: "const from = kept;",
      },
    ],
  },
  {
    file: "theatre/src/player/window.ts",
    tests: [WINDOW],
    faults: [
      {
        fault: "all rows of a long list are in the page",
        find: "if (count <= ALL_ROWS) return",
        put: "return",
      },
      {
        fault: "a list is empty below the row at its share",
        find: "until: Math.min(count, Math.ceil(anchor) + below)",
        put: "until: Math.min(count, Math.ceil(anchor) + SPARE)",
      },
      {
        fault: "the selected row is cut by the edge of its list",
        find: "Math.min(Math.max(row, 0) / (count - 1), 1)",
        put: "Math.min(Math.max(row, 0) / count, 1)",
      },
    ],
  },
  {
    file: "theatre/src/picture/flags.ts",
    tests: [FLAGS],
    faults: [
      {
        fault: "one flag covers another",
        find: "x: Math.max(x, endOf(row) + half)",
        put: "x",
      },
      {
        fault: "a flag leaves the picture",
        find: "for (const row of rows) pushBack(row, from, to);",
        put: "",
      },
    ],
  },
  {
    file: "theatre/src/scheduler/by-itself.ts",
    tests: [BY_ITSELF],
    faults: [
      {
        fault: "what nobody chose is told as the reader's move",
        find: '!("node" in way) || way.node === first.node',
        put: "true",
      },
      {
        fault: "a move is told as something that happened by itself",
        find: '  pause: ["paused"],\n',
        put: "",
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
