/** Play, pause, step, scrub and speed. */
import { text } from "../text.ts";
import { Icon, type IconName } from "./icons.tsx";
import { SPEEDS, type Transport } from "./transport.ts";

const words = text.player;

export function TransportBar({ transport }: { readonly transport: Transport }) {
  const isPlaying = transport.isPlaying.value;
  const length = transport.times.value.length;
  return (
    <fieldset class="transport" aria-label={words.transport}>
      <div class="buttons">
        <Press name="start" label={words.start} onClick={() => transport.step(-length)} />
        <Press name="back" label={words.back} onClick={() => transport.step(-1)} />
        <Press
          name={isPlaying ? "pause" : "play"}
          label={isPlaying ? words.pause : words.play}
          onClick={() => transport.toggle()}
          isMain
        />
        <Press name="forwards" label={words.forwards} onClick={() => transport.step(1)} />
        <Press name="end" label={words.end} onClick={() => transport.step(length)} />
      </div>
      <Scrub transport={transport} />
      <label class="speed">
        <span>{words.speed}</span>
        <select
          aria-label={words.speed}
          value={transport.speed.value}
          onChange={(event) => {
            transport.speed.value = Number(event.currentTarget.value);
          }}
        >
          {SPEEDS.map((speed) => (
            <option key={speed} value={speed}>
              {speed}×
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  );
}

interface PressProps {
  readonly name: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly isMain?: boolean;
}

function Press({ name, label, onClick, isMain = false }: PressProps) {
  return (
    <button
      type="button"
      class={isMain ? "icon main" : "icon"}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <Icon name={name} />
    </button>
  );
}

function Scrub({ transport }: { readonly transport: Transport }) {
  const position = transport.position.value;
  const times = transport.times.value;
  const at = Math.round((times[position - 1] ?? times[0] ?? 0) - (times[0] ?? 0));
  const said = words.moment(position, times.length, at);
  return (
    <div class="scrub">
      <input
        type="range"
        min={0}
        max={times.length}
        value={position}
        aria-label={words.scrub}
        aria-valuetext={said}
        onInput={(event) => {
          transport.pause();
          transport.seek(Number(event.currentTarget.value));
        }}
      />
      <span class="quiet" aria-hidden="true">
        {said}
      </span>
    </div>
  );
}
