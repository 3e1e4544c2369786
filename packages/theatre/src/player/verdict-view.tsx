/** The verdict of a whole trace, in words, and a jump to the moment that decided it. */
import { areaName } from "@shirts/story";
import { text } from "../text.ts";
import type { Ending } from "./ending.ts";

const words = text.player.verdict;

const classOf = ({ isRight }: Ending): string => (isRight ? "verdict good" : "verdict bad");

/** How it ends, in one line for each area: short, so that the picture below it is in sight. */
export function Verdict({ ending }: { readonly ending: Ending }) {
  const { verdicts } = ending;
  return (
    <div class={classOf(ending)}>
      {verdicts.map(({ area, wrong, people, commanded }) => (
        <p key={area}>
          <strong>
            <span aria-hidden="true">{wrong === 0 ? "✓ " : "✗ "}</span>
            {wrong === 0 ? words.right(commanded?.toUpperCase() ?? "") : words.wrong(wrong, people)}
          </strong>{" "}
          {verdicts.length > 1 && <span class="quiet">{areaName(area)}</span>}
        </p>
      ))}
    </div>
  );
}

interface Props {
  readonly ending: Ending;
  /** Goes to a position. */
  readonly seek: (position: number) => void;
}

/** Why it ends so, and the way to that moment. */
export function WhyView({ ending, seek }: Props) {
  const { verdicts, isRight, sentence, moment } = ending;
  return (
    <div class={classOf(ending)}>
      <p>
        {sentence}{" "}
        {moment !== undefined && (
          <button type="button" class="small" onClick={() => seek(moment)}>
            {isRight ? words.show : words.showWrong}
          </button>
        )}
      </p>
      {verdicts.map(({ area, stale, refused }) => (
        <p key={area} class="quiet">
          {words.steps(areaName(area), stale, refused)}
        </p>
      ))}
    </div>
  );
}
