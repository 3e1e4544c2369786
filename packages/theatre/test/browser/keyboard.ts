/** Goes through a page as somebody without a mouse does. */
import type { Page } from "playwright-core";

interface Stop {
  /** What it is, for people. */
  readonly name: string;
  readonly isOutlined: boolean;
}

/**
 * Marks everything on the page that a mouse can use, and names it. A slider that is hidden from screen readers is the
 * double of the number field beside it. Of radio buttons of one name the keyboard
 * stops at one, and goes to the others with arrows.
 */
export function markTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>(
      "a[href], button, input, select, textarea, summary, [tabindex='0']",
    );
    const groups = new Set<string>();
    return [...all].flatMap((element, i) => {
      const isThere =
        element.checkVisibility({ visibilityProperty: true }) &&
        !element.matches(":disabled, [aria-hidden='true']");
      const group = element instanceof HTMLInputElement && element.type === "radio" ? element.name : "";
      if (!isThere || groups.has(group)) return [];
      if (group !== "") groups.add(group);
      const name = `${i} ${element.localName} ${group || (element.textContent || element.ariaLabel || element.id).trim().slice(0, 40)}`;
      element.dataset.stop = name;
      return [name];
    });
  });
}

/** Presses Tab until the focus has left the page, and gives each stop. */
export async function tabThrough(page: Page): Promise<Stop[]> {
  const stops: Stop[] = [];
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (let presses = 0; presses < 500; presses++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return undefined;
      const group =
        element instanceof HTMLInputElement && element.type === "radio" ? element.name : undefined;
      const marked =
        group === undefined ? element : document.querySelector<HTMLElement>(`[name="${group}"][data-stop]`);
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return {
        name: marked?.dataset.stop ?? `unmarked ${element.outerHTML.slice(0, 80)}`,
        isOutlined: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2,
      };
    });
    if (!stop || stops[0]?.name === stop.name) break;
    stops.push(stop);
  }
  return stops;
}
