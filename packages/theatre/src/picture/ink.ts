/** Colours of the page for a canvas: CSS variables, resolved for the theme that is shown now. */

const NAMES = ["page", "ink", "quiet", "line", "panel", "accent", "bad", "good", "bad-back"] as const;

export type Ink = Readonly<Record<(typeof NAMES)[number], string>>;

/** Reads the colours as `element` has them. It asks for styles, so ask once for each theme and not for each frame. */
export function inkOf(element: HTMLElement): Ink {
  const probe = document.createElement("span");
  element.append(probe);
  const read = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const ink = Object.fromEntries(NAMES.map((name) => [name, read(name)])) as Ink;
  probe.remove();
  return ink;
}
