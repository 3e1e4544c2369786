/** The next scenes: a scene and the events after it. Pure. What a trace does not tell is not shown. */
import type { Cancel, Command, TraceEvent } from "@shirts/story";
import type { NodeScene, NodeState, Phase, QueuedJob, RoutineScene, Scene } from "./scene.ts";

type Of<T extends TraceEvent["type"]> = TraceEvent & { readonly type: T };

/** The scene after one more event. */
export function next(scene: Scene, event: TraceEvent): Scene {
  return take(changesPeople(event) ? withOwnPeople(scene) : scene, event);
}

/** The scene after several events. Nobody sees the scenes between, so the people are copied once. */
export function after(scene: Scene, events: readonly TraceEvent[]): Scene {
  return events.length === 0 ? scene : events.reduce(take, withOwnPeople(scene));
}

function withOwnPeople(scene: Scene): Scene {
  return { ...scene, people: scene.people.copy() };
}

function changesPeople({ type }: TraceEvent): boolean {
  return type === "painted" || type === "commanded" || type === "prepared";
}

/** Changes the people of `scene`, and nothing else of it. */
function take(scene: Scene, event: TraceEvent): Scene {
  if (changesPeople(event)) scene.people.apply(event);
  const base = { ...scene, position: scene.position + 1, at: event.at, last: event };
  return isNode(event.node) ? onNode(withNode(base, event.node), event) : onOthers(base, event);
}

/** Whoever else reports is not a node. */
function isNode(name: string): boolean {
  return name !== "president" && name !== "table" && name !== "relay";
}

function withNode(scene: Scene, name: string): Scene {
  if (scene.nodes.some((node) => node.name === name)) return scene;
  const node: NodeScene = {
    name,
    state: "running",
    blocked: undefined,
    routines: [],
    heard: undefined,
    consumerId: undefined,
  };
  const nodes = [...scene.nodes, node].toSorted((a, b) =>
    a.name.localeCompare(b.name, "en", { numeric: true }),
  );
  return { ...scene, nodes };
}

function onOthers(scene: Scene, event: TraceEvent): Scene {
  switch (event.type) {
    case "prepared":
      return { ...scene, queue: [], cancels: [], verdicts: [] };
    case "commanded": {
      const { area } = event.command;
      const areas = scene.areas.includes(area) ? scene.areas : [...scene.areas, area];
      return {
        ...scene,
        areas,
        isPresidentDown: false,
        queue: [...scene.queue, queued(scene, event.command)],
      };
    }
    case "sent again":
      return { ...scene, queue: [...scene.queue, queued(scene, event.command)] };
    case "crashed":
      return { ...scene, isPresidentDown: event.node === "president" || scene.isPresidentDown };
    case "dead-lettered":
      return { ...scene, deadLetters: scene.deadLetters + 1 };
    case "verdict": {
      const { verdict } = event;
      return { ...scene, verdicts: [...scene.verdicts.filter(({ area }) => area !== verdict.area), verdict] };
    }
    default:
      return scene;
  }
}

function queued(scene: Scene, command: Command, isAgain = false): QueuedJob {
  return { key: `job ${command.area} ${command.revision} ${scene.position}`, command, isAgain };
}

function onNode(scene: Scene, event: TraceEvent): Scene {
  switch (event.type) {
    case "delivered":
      return delivered(scene, event);
    case "painted":
      return routine(scene, event, "walks", event.step + 1);
    case "refused":
      return routine(scene, event, "refused", event.step);
    case "stopped":
      return routine(scene, event, "stopped", event.step);
    case "superseded":
      return routine(scene, event, "superseded", 0);
    case "acked":
    case "ack dropped":
    case "rejected":
      return over(scene, event);
    case "cancel sent":
      return cancelSent(scene, event);
    case "cancel received":
    case "cancel dropped":
      return cancelReceived(scene, event);
    case "crashed":
      return crashed(scene, event.node);
    case "disconnected":
      return lost(scene, event.node);
    default:
      return onNodeItself(scene, event);
  }
}

function onNodeItself(scene: Scene, event: TraceEvent): Scene {
  const state: Partial<Record<TraceEvent["type"], NodeState>> = {
    ready: "running",
    paused: "frozen",
    resumed: "running",
    reconnected: "running",
    "told to end": "ending",
  };
  const to = state[event.type];
  if (to) return change(scene, event.node, (node) => ({ ...node, state: to }));
  if (event.type === "blocked")
    return change(scene, event.node, (node) => ({ ...node, blocked: event.reason }));
  if (event.type === "unblocked")
    return change(scene, event.node, (node) => ({ ...node, blocked: undefined }));
  return onOthers(scene, event);
}

function change(scene: Scene, name: string, by: (node: NodeScene) => NodeScene): Scene {
  return { ...scene, nodes: scene.nodes.map((node) => (node.name === name ? by(node) : node)) };
}

function isSame(one: Command, other: Command): boolean {
  return one.area === other.area && one.revision === other.revision;
}

function delivered(scene: Scene, { node: name, command }: Of<"delivered">): Scene {
  const waiting = scene.queue.find((job) => isSame(job.command, command));
  const { key } = waiting ?? queued(scene, command);
  const queue = scene.queue.filter((job) => job !== waiting);
  // Not in the queue: the broker has taken it from somebody who does not know it yet.
  const taken = waiting ? scene : markLost(scene, name, command);
  return change({ ...taken, queue }, name, (node) => {
    const before = node.routines.find((one) => isSame(one.command, command));
    const fresh: RoutineScene = {
      key,
      command,
      phase: before?.phase ?? "begins",
      done: before?.done ?? 0,
      deliveries: (before?.deliveries ?? 0) + 1,
      isLost: false,
    };
    return { ...node, routines: [...node.routines.filter((one) => one !== before), fresh] };
  });
}

function markLost(scene: Scene, except: string, command: Command): Scene {
  return {
    ...scene,
    nodes: scene.nodes.map((node) =>
      node.name === except || node.state === "running"
        ? node
        : {
            ...node,
            routines: node.routines.map((one) =>
              isSame(one.command, command) ? { ...one, isLost: true } : one,
            ),
          },
    ),
  };
}

function routine(
  scene: Scene,
  { node: name, command }: { readonly node: string; readonly command: Command },
  phase: Phase,
  done: number,
): Scene {
  return change(scene, name, (node) => ({
    ...node,
    routines: node.routines.map((one) => (isSame(one.command, command) ? { ...one, phase, done } : one)),
  }));
}

/** A node that has the job twice is at work until it has settled both deliveries. */
function over(scene: Scene, { node: name, command }: Of<"acked" | "ack dropped" | "rejected">): Scene {
  return change(scene, name, (node) => ({
    ...node,
    routines: node.routines.flatMap((one) => {
      if (!isSame(one.command, command)) return [one];
      return one.deliveries > 1 ? [{ ...one, deliveries: one.deliveries - 1 }] : [];
    }),
  }));
}

function cancelSent(scene: Scene, { node: from, cancel }: Of<"cancel sent">): Scene {
  const copies = scene.nodes
    .filter(({ name, state }) => name !== from && state !== "down" && state !== "cut")
    .map(({ name: to }) => ({ key: `${nameOf(cancel)} ${scene.position} ${to}`, cancel, from, to }));
  const named = change(scene, from, (node) => ({ ...node, consumerId: cancel.consumerId }));
  return { ...named, cancels: [...scene.cancels, ...copies] };
}

function cancelReceived(scene: Scene, event: Of<"cancel received" | "cancel dropped">): Scene {
  const { node: to, cancel } = event;
  const copy = scene.cancels.find((one) => one.to === to && nameOf(one.cancel) === nameOf(cancel));
  const cancels = scene.cancels.filter((one) => one !== copy);
  if (event.type === "cancel dropped") return { ...scene, cancels };
  return change({ ...scene, cancels }, to, (node) =>
    cancel.consumerId === node.consumerId ? node : { ...node, heard: cancel },
  );
}

function nameOf({ area, consumerId, revision = 0 }: Cancel): string {
  return `cancel ${area} ${consumerId} ${revision}`;
}

function crashed(scene: Scene, name: string): Scene {
  return change(lost(scene, name), name, (node) => ({
    ...node,
    state: "down",
    routines: [],
    heard: undefined,
  }));
}

/** The connection is gone: unacked jobs are the queue's again, and the cancels on their way to the node come to nobody. */
function lost(scene: Scene, name: string): Scene {
  const node = scene.nodes.find((one) => one.name === name);
  const back = (node?.routines ?? []).filter(({ isLost }) => !isLost);
  const queue = [...scene.queue, ...back.map(({ key, command }) => ({ key, command, isAgain: true }))];
  queue.sort((a, b) => a.command.revision - b.command.revision);
  return change({ ...scene, queue, cancels: scene.cancels.filter(({ to }) => to !== name) }, name, (one) => ({
    ...one,
    state: "cut",
    // Deliveries that waited in its chan are the broker's again.
    routines: one.routines.map((it) => ({ ...it, isLost: true, deliveries: 1 })),
  }));
}
