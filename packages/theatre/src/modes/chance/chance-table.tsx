/** The curves as a table: what a picture says, for those who do not see it. */
import { text } from "../../text.ts";
import { shareInWords } from "./at-mark.tsx";
import { POINTS, valueAt } from "./setting.ts";
import { axis, shownStages, tally } from "./store.ts";
import { emptyCell } from "./tally.ts";

export function ChanceTable() {
  const points = Array.from({ length: POINTS }, (_, point) => point);
  return (
    <details class="chance-table">
      <summary>{text.chance.tableTitle}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="scroll" aria-label={text.chance.tableTitle} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{`${text.chance.axis[axis.value]} (${text.chance.unit[axis.value]})`}</th>
              {shownStages.map((stage) => (
                <th key={stage} scope="col">
                  {stage}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point}>
                <th scope="row">{valueAt(axis.value, point)}</th>
                {shownStages.map((stage, row) => (
                  <td key={stage}>{shareInWords(tally.value[row]?.[point] ?? emptyCell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
