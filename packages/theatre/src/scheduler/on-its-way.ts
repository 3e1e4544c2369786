/** What is between the nodes and the table in a game, and no event tells: a step that was taken and has not landed. */
import { type Position, storyOf, type Way, wayOf } from "@shirts/sim/scheduler";
import type { Command } from "@shirts/story";
import type { GameMarks } from "../scene/scene.ts";

type Statement = Way & { readonly kind: "statement" };

const isStatement = (way: Way): way is Statement => way.kind === "statement";

/** What a picture of this game shows beside its events, when `shown` events are shown. */
export function gameMarks({ level, ways, trace, marks }: Position, shown: number): GameMarks {
  const open = ways.map(wayOf);
  const { commands } = storyOf(level);
  return {
    refused: trace
      .slice(marks.at(-1) ?? 0, shown)
      .flatMap((event) => (event.type === "refused" ? [{ area: event.command.area, step: event.step }] : [])),
    onTheirWay: open.filter(isStatement).flatMap(({ node, revision, step }) => {
      const shirt = commands[revision - 1]?.shirt;
      return shirt ? [{ node, shirt, step }] : [];
    }),
    // It reports none, so no event tells of them.
    presidentCancels: open.filter((way) => way.kind === "cancel" && way.sender === "president").length,
  };
}

/** For each move: the step (from 1) that it has put on its way, if the reader could see it there. */
export function stepsSent({ moves, choices, ways }: Pick<Position, "moves" | "choices" | "ways">) {
  const later = [...choices, ...ways].map(wayOf);
  // A step is always a move: it never happens by itself.
  const taken = choices.flatMap((choice, at) => (wayOf(choice).kind === "step" ? [at] : []));
  let nth = 0;
  return moves.map((move): number | undefined => {
    const way = wayOf(move);
    if (way.kind !== "step") return undefined;
    const from = taken[nth++] ?? later.length;
    const next = later
      .slice(from + 1)
      .find(
        (other) =>
          "node" in other &&
          other.node === way.node &&
          (isStatement(other) || other.kind === "step" || other.kind === "coin"),
      );
    return next && isStatement(next) ? next.step + 1 : undefined;
  });
}

interface Landed {
  readonly node: string;
  readonly command: Command;
  readonly step: number;
}

/** Whether this step had left its node before the newest command was given. */
export function wasOnItsWay(
  { choices }: Pick<Position, "choices">,
  { node, command, step }: Landed,
): boolean {
  const all = choices.map(wayOf);
  const landed = all.findLastIndex(
    (way) => isStatement(way) && way.node === node && way.revision === command.revision && way.step === step,
  );
  const taken = all.slice(0, landed).findLastIndex((way) => way.kind === "step" && way.node === node);
  const commanded = all.findLastIndex(({ kind }) => kind === "command");
  return landed > commanded && taken >= 0 && taken < commanded;
}
