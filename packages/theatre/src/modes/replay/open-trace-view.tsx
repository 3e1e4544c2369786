/** Where a trace comes in: choose, drop, paste. */
import { useSignal } from "@preact/signals";
import { text } from "../../text.ts";

const words = text.replay;

export interface OpenTraceProps {
  readonly take: (files: FileList | null) => void;
  readonly openText: (pasted: string) => void;
}

export function OpenTrace({ take, openText }: OpenTraceProps) {
  const typed = useSignal("");
  return (
    <>
      <p>{words.intro}</p>
      <div class="drop">
        <label class="choose">
          {words.choose}
          <input
            type="file"
            class="unseen"
            accept=".jsonl,.json,.txt"
            onChange={({ currentTarget }) => take(currentTarget.files)}
          />
        </label>
        <span>{words.drop}</span>
      </div>
      <label class="paste">
        {words.paste}
        <textarea
          rows={4}
          spellcheck={false}
          value={typed.value}
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value;
          }}
          onPaste={(event) => {
            // A large text goes past the box, which would take minutes to show it.
            event.preventDefault();
            openText(event.clipboardData?.getData("text") ?? "");
          }}
        />
      </label>
      <button type="button" disabled={typed.value.trim() === ""} onClick={() => openText(typed.value)}>
        {words.open}
      </button>
      <dl>
        {words.sources.map(([what, command]) => (
          <div key={command}>
            <dt>{what}</dt>
            <dd>
              <code>{command}</code>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
