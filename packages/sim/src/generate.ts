/**
 * Stories from fast-check: a seed gives one story, and fast-check knows how to make a story smaller.
 *
 * Shirts are not generated: the first command is PURPLE, the second BLUE. A smaller story still reads like the talk's.
 */
import { type Area, areas, type Colour, colours } from "@shirts/story";
import fc from "fast-check";
import { type Fault, type FaultKind, faultKinds, isOfCommand, makeFault, type Story } from "./plan.ts";
import { SeededStream } from "./random.ts";

/** Which stories a seed may give. */
export interface Shape {
  /** How many: from, to. */
  readonly nodes: Range;
  readonly commands: Range;
  readonly steps: Range;
  /** How many faults a story has, and of which kinds. */
  readonly faults: Range;
  readonly kinds: readonly FaultKind[];
  /** Milliseconds a step. With 0 a routine is never idle: its pace is over when it asks. Default 4 to 20. */
  readonly paces?: Range;
}

type Range = readonly [min: number, max: number];

export const SHAPE: Shape = { nodes: [2, 2], commands: [2, 3], steps: [1, 10], faults: [0, 0], kinds: [] };

/** The shape of the stories that a story of `shape` may shrink to. A number of people that was asked for stays. */
export function smallest({ nodes, commands, steps, faults, kinds, paces }: Shape): Shape {
  return {
    nodes: [1, nodes[1]],
    commands: [1, commands[1]],
    steps: steps[0] === steps[1] ? steps : [1, steps[1]],
    faults: [0, faults[1]],
    kinds,
    ...(paces && { paces }),
  };
}

/** A story as fast-check sees it: plain numbers, any of which may become smaller on its own. */
export interface Sketch {
  readonly nodes: readonly number[];
  readonly commands: readonly { readonly gapMs: number; readonly area: number }[];
  readonly steps: number;
  readonly latencyMs: number;
  readonly faults: readonly RawFault[];
}

interface RawFault {
  readonly kind: FaultKind;
  /** The number of a node or a command, before it is brought into their range. */
  readonly target: number;
  readonly atMs: number;
  readonly forMs: number;
}

/** Building an arbitrary takes longer than drawing a story from it. */
const built = new WeakMap<Shape, fc.Arbitrary<Sketch>>();

/** An arbitrary of sketches; it shrinks any sketch of its shape, its own or not. */
export function sketches(shape: Shape): fc.Arbitrary<Sketch> {
  let arbitrary = built.get(shape);
  if (!arbitrary) {
    arbitrary = build(shape);
    built.set(shape, arbitrary);
  }
  return arbitrary;
}

function build({ nodes, commands, steps, faults, kinds, paces = [4, 20] }: Shape): fc.Arbitrary<Sketch> {
  const command = fc.record({ gapMs: fc.integer({ min: 0, max: 80 }), area: fc.integer({ min: 0, max: 5 }) });
  const fault = fc.record({
    kind: fc.constantFrom(...(kinds.length > 0 ? kinds : faultKinds)),
    target: fc.integer({ min: 0, max: 5 }),
    atMs: fc.integer({ min: 0, max: 150 }),
    forMs: fc.integer({ min: 1, max: 200 }),
  });
  return fc.record({
    nodes: many(fc.integer({ min: paces[0], max: paces[1] }), nodes),
    commands: many(command, commands),
    steps: fc.integer({ min: steps[0], max: steps[1] }),
    latencyMs: fc.integer({ min: 1, max: 20 }),
    faults: kinds.length > 0 ? many(fault, faults) : fc.constant([]),
  });
}

function many<T>(one: fc.Arbitrary<T>, [minLength, maxLength]: Range): fc.Arbitrary<T[]> {
  return fc.array(one, { minLength, maxLength, size: "max" });
}

/** The sketch of a seed. */
export function sketchOf(from: fc.Arbitrary<Sketch>, seed: number): Sketch {
  return from.generate(new fc.Random(new SeededStream(seed)), undefined).value;
}

export function storyOf({ nodes, commands, steps, latencyMs, faults }: Sketch): Story {
  let atMs = 0;
  const times = commands.map(({ gapMs }, index) => {
    atMs += index === 0 ? 0 : gapMs;
    return atMs;
  });
  return {
    steps,
    latencyMs,
    nodes: nodes.map((paceMs) => ({ paceMs })),
    commands: commands.map(({ area }, index) => ({
      atMs: times[index] ?? 0,
      // Most commands are about one area, because only commands of the same area conflict.
      area: areas[area === 5 ? 1 : 0] as Area,
      shirt: colours[index % colours.length] as Colour,
    })),
    faults: faults.map((fault) => toFault(fault, nodes.length, times)),
  };
}

function toFault(
  { kind, target, atMs, forMs }: RawFault,
  nodes: number,
  commandTimes: readonly number[],
): Fault {
  const command = target % commandTimes.length;
  const from = isOfCommand(kind) ? (commandTimes[command] ?? 0) : 0;
  return makeFault(kind, { node: target % nodes, command, atMs: from + atMs, forMs });
}
