/** A stage's own worker.ts. The lines are lit at which nodes are or wait, with the nodes' names. */
import type { ReadonlySignal } from "@preact/signals";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Scene } from "../scene/scene.ts";
import { text } from "../text.ts";
import { listingOf } from "./listing.ts";
import { litLines } from "./spots.ts";

interface Props {
  readonly source: string;
  readonly scene: ReadonlySignal<Scene>;
  readonly title: string;
}

export function CodePanel({ source, scene, title }: Props) {
  const lines = useMemo(() => listingOf(source), [source]);
  const lit = litLines(lines, scene.value);
  const box = useRef<HTMLElement>(null);
  const wanted = lineToShow(lit, scene.value);
  useLayoutEffect(() => {
    if (box.current && wanted !== undefined) showLine(box.current, wanted);
  }, [wanted]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="code" ref={box} tabIndex={0} aria-label={text.player.sourceOf(title)}>
      <pre>
        {lines.map(({ text: line, isComment }, index) => {
          const labels = lit.get(index);
          return (
            <span
              key={`${index} ${line}`}
              class={`line${isComment ? " comment" : ""}${labels ? " lit" : ""}`}
            >
              <span class="who">
                {labels?.map((label) => (
                  <b key={label}>{label}</b>
                ))}
              </span>
              {line || " "}
              {"\n"}
            </span>
          );
        })}
      </pre>
    </section>
  );
}

/** The line of the node that did something last. */
function lineToShow(lit: ReadonlyMap<number, readonly string[]>, { last }: Scene): number | undefined {
  const is = (label: string, name: string) => label === name || label.startsWith(`${name} `);
  const mine = [...lit].filter(([, labels]) => last && labels.some((label) => is(label, last.node)));
  // A routine's line says more than that of its loop.
  return mine.toSorted(
    ([, a], [, b]) => Math.max(...b.map((l) => l.length)) - Math.max(...a.map((l) => l.length)),
  )[0]?.[0];
}

/** Scrolls within the box only, and only when the line is out of sight. */
function showLine(box: HTMLElement, index: number): void {
  const line = box.querySelectorAll<HTMLElement>(".line")[index];
  if (!line) return;
  const { offsetTop: top, offsetHeight: height } = line;
  if (top < box.scrollTop + height || top > box.scrollTop + box.clientHeight - 2 * height)
    box.scrollTop = Math.max(0, top - box.clientHeight / 2);
}
