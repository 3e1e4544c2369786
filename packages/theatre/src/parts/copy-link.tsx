/** A button that copies a link; where the clipboard is not allowed, a field from which a person copies it. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Mode } from "../address.ts";
import { text } from "../text.ts";
import "./copy-link.css";

/** The address of this page with another part behind "#": for a link of `encode`. */
export function linkTo(mode: Mode, state: string): string {
  // Without the query: a link shows the whole page, and a token of a live play is nobody else's.
  return `${location.origin}${location.pathname}#${mode}/${state}`;
}

type State =
  | { readonly is: "new" }
  | { readonly is: "copied" }
  | { readonly is: "by hand"; readonly link: string }
  | { readonly is: "failed"; readonly why: string };

/** False when the browser refuses, or has no clipboard for a page of an insecure host. */
function intoClipboard(link: string): Promise<boolean> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard) return Promise.resolve(false);
  return clipboard.writeText(link).then(
    () => true,
    () => false,
  );
}

/** `link` is asked when the button is pressed; what it throws is shown as a line. */
export function CopyLink({ link }: { link: () => Promise<string> }) {
  const state = useSignal<State>({ is: "new" });
  const copy = async (): Promise<void> => {
    try {
      const made = await link();
      state.value = (await intoClipboard(made)) ? { is: "copied" } : { is: "by hand", link: made };
    } catch (error) {
      state.value = { is: "failed", why: (error as Error).message };
    }
  };
  const now = state.value;
  return (
    <div class="copy-link">
      <button type="button" onClick={() => void copy()}>
        {text.link.copy}
      </button>
      <span role="status">
        {now.is === "copied" ? text.link.copied : now.is === "failed" ? now.why : ""}
        {now.is === "by hand" ? text.link.copyByHand : ""}
      </span>
      {now.is === "by hand" ? <ByHand link={now.link} /> : null}
    </div>
  );
}

function ByHand({ link }: { link: string }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return <input ref={field} type="text" readOnly value={link} aria-label={text.link.copyByHand} />;
}
