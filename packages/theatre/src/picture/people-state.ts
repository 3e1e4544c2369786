/** What the drawing must know about the people of an area: who wears what, and whom an older command was painted over. */
import type { Area, Colour, Command, PaintedPlace, Shirt } from "@shirts/story";
import type { Scene } from "../scene/scene.ts";

/** Neighbours that wear the same, from `from` up to and without `until`. */
export interface Run {
  readonly shirt: Shirt;
  readonly from: number;
  readonly until: number;
}

/** Neighbours in an older command's shirt, which was painted over the newest one's. */
export interface OverRun extends Run {
  readonly over: Colour;
}

export function runs(wearing: readonly Shirt[]): Run[] {
  return grouped(wearing, (shirt) => shirt).map(({ value, from, until }) => ({ shirt: value, from, until }));
}

/** Where an older command is painted over the newest one of the area, at this moment. */
export function overRuns(scene: Scene, area: Area): OverRun[] {
  const newest = scene.people.newest.get(area)?.command;
  if (!newest) return [];
  const shirts = scene.people
    .of(area)
    .map((place) => (isOver(place, newest) ? place?.event.command.shirt : undefined));
  return grouped(shirts, (shirt) => shirt).flatMap(({ value, from, until }) =>
    value ? [{ shirt: value, over: newest.shirt, from, until }] : [],
  );
}

function isOver(place: PaintedPlace | undefined, newest: Command): boolean {
  if (!place || place.event.command.revision >= newest.revision || place.event.stale === false) return false;
  for (let it = place.before; it; it = it.before)
    if (it.event.command.revision === newest.revision) return true;
  return false;
}

function grouped<T>(
  list: readonly T[],
  keyOf: (one: T) => unknown,
): { value: T; from: number; until: number }[] {
  const groups: { value: T; from: number; until: number }[] = [];
  list.forEach((value, index) => {
    const last = groups.at(-1);
    if (last && keyOf(last.value) === keyOf(value)) last.until = index + 1;
    else groups.push({ value, from: index, until: index + 1 });
  });
  return groups;
}
