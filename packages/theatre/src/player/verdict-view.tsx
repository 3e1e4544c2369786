/** The verdict of a whole trace, in words, and a jump to the moment that decided it. */
import { areaName } from "@shirts/story";
import { text } from "../text.ts";
import type { Ending } from "./ending.ts";

const words = text.player.verdict;

interface Props {
  readonly ending: Ending;
  /** Goes to a position. */
  readonly seek: (position: number) => void;
}

export function VerdictView({ ending, seek }: Props) {
  const { verdicts, isRight, sentence, moment } = ending;
  return (
    <div class={isRight ? "verdict good" : "verdict bad"}>
      {verdicts.map((verdict) => (
        <p key={verdict.area} class="count">
          <strong>
            <span aria-hidden="true">{verdict.wrong === 0 ? "✓ " : "✗ "}</span>
            {verdict.wrong === 0
              ? words.right(verdict.commanded?.toUpperCase() ?? "")
              : words.wrong(verdict.wrong, verdict.people)}
          </strong>{" "}
          <span class="quiet">{words.steps(areaName(verdict.area), verdict.stale, verdict.refused)}</span>
        </p>
      ))}
      <p>
        {sentence}{" "}
        {moment !== undefined && (
          <button type="button" class="small" onClick={() => seek(moment)}>
            {isRight ? words.show : words.showWrong}
          </button>
        )}
      </p>
    </div>
  );
}
