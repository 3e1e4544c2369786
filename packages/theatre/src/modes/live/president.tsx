/** The president's buttons: one per shirt, for the chosen area. */
import { signal } from "@preact/signals";
import { type Area, areaName, colours, PALETTE, shirtLetter } from "@shirts/story";
import { text } from "../../text.ts";
import type { LiveModel } from "./model.ts";

const chosen = signal<Area | undefined>(undefined);

export function President({ model, areas }: { readonly model: LiveModel; readonly areas: readonly Area[] }) {
  const area = areas.find((one) => one === chosen.value) ?? areas[0];
  if (area === undefined) return null;
  return (
    <section class="president" aria-labelledby="president-title">
      <h3 id="president-title">{text.live.president}</h3>
      <div class="row">
        <label>
          {text.live.area}{" "}
          <select
            value={area}
            onChange={({ currentTarget }) => {
              chosen.value = currentTarget.value as Area;
            }}
          >
            {areas.map((one) => (
              <option key={one} value={one}>
                {areaName(one)}
              </option>
            ))}
          </select>
        </label>
        {colours.map((shirt) => (
          <button
            key={shirt}
            type="button"
            class="shirt"
            data-letter={shirtLetter(shirt)}
            style={{ background: PALETTE[shirt].fill, color: PALETTE[shirt].text }}
            aria-label={text.live.commandShirt(shirt.toUpperCase(), areaName(area))}
            onClick={() => void model.act({ do: "command", area, shirt })}
          >
            {shirt.toUpperCase()}
          </button>
        ))}
      </div>
    </section>
  );
}
