/** What is known at the mark: for each stage how many, how sure, and a story to look at. */
import { go } from "../../address.ts";
import { encode } from "../../link/link.ts";
import { text } from "../../text.ts";
import { number } from "./number.ts";
import { Sample } from "./plot.tsx";
import { storyAt, valueAt } from "./setting.ts";
import { axis, mark, notice, setting, shownStages, tally } from "./store.ts";
import { type Cell, emptyCell, shareOf } from "./tally.ts";

/** Opens a story of the mark in the mode "watch", with v4 beside it, which refuses where the others go wrong. */
async function watch(stage: string, seed: number): Promise<void> {
  const story = storyAt(setting.value, axis.value, mark.value);
  const beside = stage === "v4" ? {} : { beside: "v4" };
  try {
    go("watch", await encode("watch", { stage, ...beside, story, seed }));
  } catch (error) {
    notice.value = (error as Error).message;
  }
}

export function AtMark() {
  return (
    <section class="chance-at-mark" aria-labelledby="chance-at-mark">
      <h3 id="chance-at-mark">{text.chance.atMark(wordsAtMark())}</h3>
      <ul>
        {shownStages.map((stage, row) => (
          <Row key={stage} stage={stage} cell={tally.value[row]?.[mark.value] ?? emptyCell} />
        ))}
      </ul>
      <p class="quiet">{text.chance.sure}</p>
    </section>
  );
}

export function wordsAtMark(): string {
  return text.chance.inWords[axis.value](valueAt(axis.value, mark.value));
}

/** "41 % (38 to 44 %)" */
export function shareInWords(cell: Cell): string {
  const known = shareOf(cell);
  if (!known) return text.chance.none;
  return `${text.chance.percent(known.share)} (${text.chance.interval(known.from, known.to)})`;
}

function Row({ stage, cell }: { stage: string; cell: Cell }) {
  const { stories, wrong, wrongSeed, rightSeed } = cell;
  return (
    <li>
      <Sample stage={stage} />
      <strong>{stage}</strong>
      <span class="numbers">
        {shareInWords(cell)}
        {stories > 0 ? `, ${text.chance.counted(number(wrong), number(stories))}` : ""}
      </span>
      <span class="plays">
        {wrongSeed !== undefined ? (
          <button type="button" onClick={() => void watch(stage, wrongSeed)}>
            {text.chance.playWrong(stage, wrongSeed)}
          </button>
        ) : null}
        {wrongSeed === undefined && rightSeed !== undefined ? (
          <button type="button" onClick={() => void watch(stage, rightSeed)}>
            {text.chance.playRight(stage, rightSeed)}
          </button>
        ) : null}
      </span>
    </li>
  );
}
