/** Be the scheduler: the reader says which event happens next, and tries to make the older command win. */

import { useSignalEffect } from "@preact/signals";
import { buttonsOf, type Level, levels, type Position } from "@shirts/sim/scheduler";
import { useLayoutEffect, useRef } from "preact/hooks";
import { address } from "../../address.ts";
import { useLink } from "../../link/use-link.ts";
import { CopyLink, linkTo } from "../../parts/copy-link.tsx";
import { StagePicture } from "../../player/stage-picture.tsx";
import { linkOf, savedOf } from "../../scheduler/saved.ts";
import { text } from "../../text.ts";
import { CountPanel } from "./count-panel.tsx";
import { count, startCount } from "./counting.ts";
import {
  askHint,
  choose,
  hint,
  isBusy,
  markCounted,
  note,
  open,
  position,
  restart,
  score,
  start,
  undo,
} from "./game.ts";
import { Happened } from "./happened.tsx";
import { type Keys, useKeys } from "./keys.ts";
import { LevelsList } from "./levels-list.tsx";
import { MovesList, told } from "./moves-list.tsx";
import { hintText, NextEvents } from "./next-events.tsx";
import { ResultPanel, resultText } from "./result-panel.tsx";
import { useStepping } from "./stepping.ts";
import "./schedule.css";

export function Schedule() {
  const { why, write } = useLink("schedule", (saved) => void open(saved));
  /** What the address has, or is about to get. */
  const linked = useRef(position.peek());
  useSignalEffect(() => {
    const { mode, state } = address.value;
    const now = position.value;
    if (mode !== "schedule") return;
    if (!now && (state === "" || why.value !== "")) void start(levels[0] as Level);
    // A game that was here before gives way to the one that the address names.
    if (!now || (state !== "" && now === linked.current)) return;
    linked.current = now;
    write(savedOf(now));
  });
  const now = position.value;
  return (
    <div class="schedule">
      <h2>{text.modes.schedule}</h2>
      <p class="intro">
        {text.schedule.intro} <strong>{text.schedule.goal}</strong>
      </p>
      <p role="status" class="note">
        {why.value || note.value}
      </p>
      {now ? <Game now={now} /> : <p>{text.schedule.wait}</p>}
    </div>
  );
}

/** They look at the game when they are pressed, not when it was last drawn. */
const keys: Keys = {
  choose(number) {
    const now = position.value;
    void choose((now && buttonsOf(now)[number - 1]?.way) ?? "");
  },
  undo: () => void undo(),
  restart: () => void restart(),
  hint: () => void askHint(),
};

/** From the result: the count itself is below. */
function countAll(level: Level): void {
  startCount(level, () => markCounted(level));
  document.getElementById("count-title")?.scrollIntoView({ block: "center" });
}

function Game({ now }: { readonly now: Position }) {
  const { level, trace, moves, result } = now;
  const place = useRef<HTMLElement>(null);
  const buttons = buttonsOf(now);
  const { scene, isDone } = useStepping(now);
  // First the last step is seen, and then what it means.
  const isOver = result !== undefined && isDone;
  useKeys(keys);
  useFocus(now, isOver, place);
  const levelText = text.schedule.levels[level.id];
  return (
    <>
      <LevelsList current={level} score={score.value} onOpen={(one) => void start(one)} />
      <p class="quiet medals">{text.schedule.medals}</p>
      <h3 class="level-name">{levelText?.name}</h3>
      <p>{levelText?.scene}</p>
      <div class="board" aria-busy={isBusy.value}>
        <div class="picture">
          <StagePicture scene={scene} title={text.schedule.picture(levelText?.name ?? "", scene.position)} />
          <p class="quiet legend">{text.scene.legend}</p>
          <Happened position={now} shown={scene.position} />
        </div>
        <div class="controls">
          {isOver ? (
            <ResultPanel
              position={now}
              heading={place}
              onOpen={(one) => void start(one)}
              onCount={count.value.type === "so far" ? undefined : () => countAll(level)}
            />
          ) : (
            <NextEvents position={now} hint={hint.value} place={place} onChoose={(way) => void choose(way)} />
          )}
          <div class="row">
            <button type="button" onClick={keys.undo} disabled={moves.length === 0}>
              {text.schedule.undo}
            </button>
            <button type="button" onClick={keys.restart} disabled={moves.length === 0}>
              {text.schedule.restart}
            </button>
            {isOver && result === "purple" ? null : (
              <button type="button" onClick={keys.hint}>
                {text.schedule.hint}
              </button>
            )}
          </div>
          <p role="status" class="hint">
            {hintText(hint.value, buttons)}
          </p>
          <CopyLink link={async () => linkTo("schedule", await linkOf(now))} />
          <p class="quiet">{text.schedule.keys}</p>
        </div>
      </div>
      <p role="status" class="unseen">
        {isOver ? resultText(now) : told(trace, now.marks.at(-1) ?? 0, trace.length).join(". ")}
      </p>
      {level.fewest === undefined ? <CountPanel level={level} onDone={() => markCounted(level)} /> : null}
      <MovesList position={now} />
    </>
  );
}

/** The result takes the keyboard; and after a move it stays here, when the button that it was on is gone. */
function useFocus(now: Position, isOver: boolean, place: { readonly current: HTMLElement | null }): void {
  const first = useRef(now);
  // Before the next key can come.
  useLayoutEffect(() => {
    if (first.current === now) return;
    const isLost = document.activeElement === document.body;
    if (isOver || isLost) place.current?.focus({ preventScroll: !isOver });
  }, [now, isOver]);
}
