/** The cast of a scene: its node processes, started one after another and ended together. */
import type { TraceEvent } from "@shirts/story";
import type { House } from "./house.ts";
import { type Child, end, start } from "./process.ts";
import type { Scene } from "./scenes.ts";

/** How long a node may take for what it has begun once it is told to end, in milliseconds. */
const DRAIN_MS = 2000;

export interface Cast {
  readonly nodes: readonly Child[];
  /** Resolves when every node has ended. */
  readonly allEnded: Promise<void>;
  /** Ends every node. Resolves when they have ended; a second call does no harm. */
  dismiss(): Promise<void>;
}

/**
 * Starts the scene's nodes, each when the one before is ready: the broker serves its consumers in the order in which
 * they came. A node that dies before the cast is dismissed is told as `crashed`. Throws when one does not start.
 */
export async function assemble(
  scene: Scene,
  steps: number,
  house: House,
  tell: (event: TraceEvent) => void,
): Promise<Cast> {
  const nodes: Child[] = [];
  let dismissed = false;
  const dismiss = async () => {
    dismissed = true;
    await Promise.all(nodes.map((node) => end(node, DRAIN_MS + 1000)));
  };
  const mourn = (node: Child, code: number | string) => {
    const reason = node.complaint() || `ended with ${code}`;
    if (!dismissed) tell({ type: "crashed", reason, node: node.name, at: Date.now() });
  };
  try {
    for (const [index, paceMs] of scene.pacesMs.entries()) {
      nodes.push(await startNode(`node ${index + 1}`, paceMs, scene, steps, house, tell, mourn));
    }
  } catch (error) {
    await dismiss();
    throw error;
  }
  return { nodes, dismiss, allEnded: Promise.all(nodes.map(({ ended }) => ended)).then(() => {}) };
}

/** Resolves when the node waits for jobs. Rejects when it ends before that. */
function startNode(
  name: string,
  paceMs: number,
  { stage }: Scene,
  steps: number,
  house: House,
  tell: (event: TraceEvent) => void,
  mourn: (node: Child, code: number | string) => void,
): Promise<Child> {
  const numbers = { "--pace": paceMs, "--steps": steps, "--drain": DRAIN_MS };
  const args = [
    "--json",
    "--name",
    name,
    ...Object.entries(numbers).flatMap(([flag, value]) => [flag, `${value}`]),
  ];
  return new Promise((resolve, reject) => {
    let ready = false;
    const node = start(name, `../../${stage}/src/main.ts`, args, house.env, (line) => {
      const event = JSON.parse(line) as TraceEvent;
      if (event.type === "ready") {
        ready = true;
        resolve(node);
      }
      tell(event);
    });
    void node.ended.then((code) => {
      if (ready) mourn(node, code);
      else reject(new Error(`${name} did not start (exit ${code}): ${node.complaint()}`));
    });
  });
}
