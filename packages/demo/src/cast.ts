/** The cast of a scene: its node processes, started one after another and ended together. */

import { type Child, end, reasonOf, startNode } from "@shirts/cluster/processes";
import type { Services } from "@shirts/cluster/services";
import type { TraceEvent } from "@shirts/story";
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
 * they came. A node that dies before the cast is dismissed is reported as `crashed`. Throws when one does not start.
 */
export async function assemble(
  scene: Scene,
  steps: number,
  services: Services,
  tell: (event: TraceEvent) => void,
): Promise<Cast> {
  const nodes: Child[] = [];
  let dismissed = false;
  const dismiss = async () => {
    dismissed = true;
    await Promise.all(nodes.map((node) => end(node, DRAIN_MS + 1000)));
  };
  const reportCrash = async (node: Child) => {
    const reason = reasonOf(node, await node.ended);
    if (!dismissed) tell({ type: "crashed", reason, node: node.name, at: Date.now() });
  };
  try {
    for (const [index, paceMs] of scene.pacesMs.entries()) {
      const settings = {
        name: `node ${index + 1}`,
        stage: scene.stage,
        worker: scene.worker,
        paceMs,
        steps,
        drainMs: DRAIN_MS,
        env: services.env,
      };
      const { node, ready } = startNode(settings, tell);
      await ready;
      nodes.push(node);
      void reportCrash(node);
    }
  } catch (error) {
    await dismiss();
    throw error;
  }
  return { nodes, dismiss, allEnded: Promise.all(nodes.map(({ ended }) => ended)).then(() => {}) };
}
