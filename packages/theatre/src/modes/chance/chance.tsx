/** Chance: how likely is the bug? Stories by the thousand, drawn as they come. */
import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { encode } from "../../link/link.ts";
import { useLink } from "../../link/use-link.ts";
import { CopyLink, linkTo } from "../../parts/copy-link.tsx";
import { text } from "../../text.ts";
import { AtMark, shareInWords, wordsAtMark } from "./at-mark.tsx";
import { ChanceTable } from "./chance-table.tsx";
import { AxisChoice, Mark, PlayButtons, SettingFields } from "./controls.tsx";
import { Plot } from "./plot.tsx";
import { fromLink, mark, progress, shownStages, stop, tally, toLink } from "./store.ts";
import { emptyCell } from "./tally.ts";
import "./chance.css";

export function Chance() {
  const { why, write } = useLink("chance", fromLink);
  const isFirst = useRef(true);
  useSignalEffect(() => {
    const value = toLink();
    // To open the mode changes nothing, and so leaves the address as it is.
    if (!isFirst.current) write(value);
    isFirst.current = false;
  });
  useEffect(() => stop, []);
  return (
    <div class="chance">
      <h2>{text.chance.title}</h2>
      {why.value ? <p role="alert">{why.value}</p> : null}
      <p>{text.chance.about}</p>
      <p class="quiet">{text.chance.predict}</p>
      <AxisChoice />
      <SettingFields />
      <PlayButtons />
      <Plot label={plotLabel()} />
      <Mark />
      {/* The reader guesses first. */}
      {progress.value === "stopped" || progress.value === "done" ? (
        <p class="quiet">{text.chance.hint}</p>
      ) : null}
      <AtMark />
      <ChanceTable />
      <CopyLink link={async () => linkTo("chance", await encode("chance", toLink()))} />
    </div>
  );
}

/** The picture in one sentence. */
function plotLabel(): string {
  const shares = shownStages.map(
    (stage, row) => `${stage} ${shareInWords(tally.value[row]?.[mark.value] ?? emptyCell)}`,
  );
  return text.chance.plotLabel(wordsAtMark(), shares.join(", "));
}
