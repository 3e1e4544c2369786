/** Play, pause, step, scrub and speed. */
import { text } from "../text.ts";
import type { Transport } from "./transport.ts";

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];

export function TransportBar({ transport }: { readonly transport: Transport }) {
  const words = text.player;
  const position = transport.position.value;
  const at = Math.round(transport.times.value[position - 1] ?? 0);
  const button = (name: string, symbol: string, onClick: () => void) => (
    <button type="button" class="icon" aria-label={name} title={name} onClick={onClick}>
      <span aria-hidden="true">{symbol}</span>
    </button>
  );
  return (
    <fieldset class="transport" aria-label={words.transport}>
      {button(words.start, "⏮", () => transport.step(-transport.length))}
      {button(words.back, "◀", () => transport.step(-1))}
      {button(
        transport.isPlaying.value ? words.pause : words.play,
        transport.isPlaying.value ? "⏸" : "▶",
        () => transport.toggle(),
      )}
      {button(words.forwards, "▶|", () => transport.step(1))}
      {button(words.end, "⏭", () => transport.step(transport.length))}
      <input
        type="range"
        min={0}
        max={transport.length}
        value={position}
        aria-label={words.scrub}
        aria-valuetext={words.moment(position, transport.length, at)}
        onInput={(event) => {
          transport.pause();
          transport.seek(Number(event.currentTarget.value));
        }}
      />
      <label>
        {words.speed}{" "}
        <select
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
