/** Scenes by name, for the command line and the chapters: the stories of "Watch", and the levels of "Be the scheduler". */

import { levelOf, levels } from "@shirts/sim/scheduler";
import { encode } from "../link/link.ts";
import { toLink } from "../modes/watch/link.ts";
import { presets } from "../modes/watch/presets.ts";
import { linkOf } from "../scheduler/saved.ts";

const stories: ReadonlyMap<string, (typeof presets)[keyof typeof presets]> = new Map(Object.entries(presets));

/** Their names, in the order of the page. */
export const sceneNames: readonly string[] = [...stories.keys(), ...levels.map(({ id }) => id)];

/** The part of the page's address that opens this scene; undefined when there is none of that name. */
export async function hashOfScene(name: string): Promise<string | undefined> {
  const story = stories.get(name);
  if (story) return `#watch/${await encode("watch", toLink(story))}`;
  const level = levelOf(name);
  return level && `#schedule/${await linkOf({ level, moves: [] })}`;
}
