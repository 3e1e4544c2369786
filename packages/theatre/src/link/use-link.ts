/** A mode's part of the address: it is read when somebody opens a link, and written when the mode changes what it shows. */
import { type Signal, signal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { address, go, type Mode } from "../address.ts";
import { decodeAs, encode, type Kind, type Value } from "./link.ts";

export interface Linked<K extends Kind> {
  /** Why the link in the address does not open; empty when it does. The mode goes on with what it has. */
  readonly why: Signal<string>;
  /** Puts `value` into the address, in place of what is there, as soon as it rests: a slider moves fast. */
  write(value: Value<K>): void;
}

/** `open` takes what a link holds, when the mode is opened with one and at each later one. */
export function useLink<K extends Kind & Mode>(kind: K, open: (value: Value<K>) => void): Linked<K> {
  const linked = useRef<Linked<K> & { written: string }>(undefined);
  if (!linked.current) linked.current = makeLinked(kind);
  const { current } = linked;
  useSignalEffect(() => {
    const { mode, state } = address.value;
    if (mode !== kind || state === current.written) return;
    current.written = state;
    current.why.value = "";
    if (state === "") return;
    void decodeAs(kind, state).then((decoded) => {
      // Somebody may have gone on meanwhile.
      if (address.value.mode !== kind || address.value.state !== state) return;
      if (decoded.ok) open(decoded.value);
      else current.why.value = decoded.why;
    });
  });
  return current;
}

/** Browsers refuse a page that changes its address too often. */
const REST_MS = 250;

function makeLinked<K extends Kind & Mode>(kind: K): Linked<K> & { written: string } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const linked = {
    why: signal(""),
    written: "",
    write(value: Value<K>): void {
      clearTimeout(timer);
      timer = setTimeout(() => void put(value), REST_MS);
    },
  };
  const put = async (value: Value<K>): Promise<void> => {
    try {
      const state = await encode(kind, value);
      if (address.value.mode !== kind) return;
      linked.written = state;
      go(kind, state, true);
    } catch {
      // What has no link is shown all the same, and the button that copies the link says why.
    }
  };
  return linked;
}
