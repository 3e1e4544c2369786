/** What axe finds on a page. */
import axe from "axe-core";
import type { Page } from "playwright-core";

/** One line for each thing that axe finds in the whole document; its size of targets is that of WCAG 2.2. */
export function axeFinds(page: Page): Promise<string[]> {
  // As text: the page's policy allows no script of ours, and its evaluation no module.
  return page.evaluate(`(async () => {
    const module = undefined;
    ${axe.source};
    const { violations } = await axe.run({ rules: { "target-size": { enabled: true } } });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html.slice(0, 200)));
  })()`);
}
