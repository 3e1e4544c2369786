/** Everything that makes the stories, and the buttons that play them. */
import { text } from "../../text.ts";
import { number } from "./number.ts";
import { AXES, axes, POINTS, RANGES, type Setting, valueAt } from "./setting.ts";
import {
  axis,
  change,
  mark,
  notice,
  play,
  progress,
  STORIES,
  setting,
  shownStages,
  stop,
  tally,
} from "./store.ts";
import { storiesOf } from "./tally.ts";

const ALL = STORIES * POINTS * shownStages.length;
const fields = Object.keys(RANGES) as (keyof Setting)[];

export function AxisChoice() {
  return (
    <fieldset class="chance-axis">
      <legend>{text.chance.axisLabel}</legend>
      {axes.map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="chance-axis"
            checked={axis.value === one}
            onChange={() => change({ axis: one })}
          />
          {text.chance.axis[one]}
        </label>
      ))}
    </fieldset>
  );
}

export function SettingFields() {
  return (
    <fieldset class="chance-setting">
      <legend>{text.chance.settingLabel}</legend>
      {fields.map((field) => (
        <SettingField key={field} field={field} />
      ))}
    </fieldset>
  );
}

function SettingField({ field }: { field: keyof Setting }) {
  const [min, max, step] = RANGES[field];
  const isAxis = AXES[axis.value].field === field;
  return (
    <div>
      <label for={`chance-${field}`}>{text.chance.setting[field]}</label>
      {isAxis ? (
        <output id={`chance-${field}`}>{text.chance.isAxis}</output>
      ) : (
        <input
          id={`chance-${field}`}
          type="number"
          inputMode="numeric"
          min={min}
          max={max}
          step={step}
          value={setting.value[field]}
          onChange={({ currentTarget }) => {
            // What is no number of this range stays what it was.
            const value = Math.round(currentTarget.valueAsNumber);
            if (value >= min && value <= max) change({ setting: { [field]: value } });
            currentTarget.value = String(setting.value[field]);
          }}
        />
      )}
    </div>
  );
}

export function PlayButtons() {
  const played = storiesOf(tally.value);
  const isRunning = progress.value === "running";
  const words = {
    new: text.chance.play(number(ALL)),
    running: text.chance.stop,
    stopped: text.chance.goOn,
    done: text.chance.again,
  };
  return (
    <div class="chance-play">
      <button type="button" class="primary" onClick={isRunning ? stop : play}>
        {words[progress.value]}
      </button>
      <progress aria-label={text.chance.progressLabel} max={ALL} value={played} />
      <span>{text.chance.played(number(played), number(ALL))}</span>
      <span role="status">{[text.chance.state[progress.value], notice.value].filter(Boolean).join(" ")}</span>
    </div>
  );
}

export function Mark() {
  return (
    <label class="chance-mark">
      <span>{text.chance.mark}</span>
      <input
        type="range"
        min={0}
        max={POINTS - 1}
        value={mark.value}
        aria-valuetext={text.chance.inWords[axis.value](valueAt(axis.value, mark.value))}
        onInput={({ currentTarget }) => {
          mark.value = currentTarget.valueAsNumber;
        }}
      />
    </label>
  );
}
