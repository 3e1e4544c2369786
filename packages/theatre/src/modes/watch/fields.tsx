/** Small fields of the form. Each shows its label, and hands on what was typed as it is: the simulator says what is wrong. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface NumberProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** With both a slider stands beside the number. The number may go beyond it. */
  readonly slider?: readonly [min: number, max: number];
  /** Only for those who do not see the table's head. */
  readonly isLabelHidden?: boolean;
}

export function NumberField({ label, value, onChange, slider, isLabelHidden = false }: NumberProps) {
  const shown = Number.isNaN(value) ? "" : value;
  const read = (text: string) => onChange(text === "" ? Number.NaN : Number(text));
  const id = useId();
  return (
    <div class={slider ? "field with-slider" : "field"}>
      <label for={id} class={isLabelHidden ? "unseen" : "label"}>
        {label}
      </label>
      {slider && (
        <input
          type="range"
          min={slider[0]}
          max={slider[1]}
          value={shown}
          // The number beside it says and takes the same.
          aria-hidden="true"
          tabIndex={-1}
          onInput={(event) => read(event.currentTarget.value)}
        />
      )}
      <input
        id={id}
        type="number"
        inputMode="numeric"
        value={shown}
        onInput={(event) => read(event.currentTarget.value)}
      />
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly onChange: (value: T) => void;
  readonly isLabelHidden?: boolean;
  /** A class of its own. */
  readonly kind?: string;
}

export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
  isLabelHidden = false,
  kind = "",
}: ChoiceProps<T>) {
  return (
    <label class={`field ${kind}`}>
      <span class={isLabelHidden ? "unseen" : "label"}>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}

interface RowProps {
  readonly removeLabel: string;
  /** Missing: it must stay. */
  readonly onRemove: (() => void) | undefined;
  readonly children: ComponentChildren;
  readonly kind?: string;
}

/** One line of a list, with a button that takes it away. */
export function Row({ removeLabel, onRemove, children, kind = "" }: RowProps) {
  return (
    <div class={`row ${kind}`}>
      {children}
      {onRemove && (
        <button type="button" class="icon" aria-label={removeLabel} title={removeLabel} onClick={onRemove}>
          ✕
        </button>
      )}
    </div>
  );
}
