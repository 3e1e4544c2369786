/** Small pieces of an SVG: text, the shirts' textures, and the colours in a light and in a dark room. */
import { shirtPattern, shirts } from "@shirts/story";

/** Text as it stands between tags and in attributes. */
export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** A fill for each shirt, told apart without colours, too; and one for a process that is frozen. */
export const PATTERNS = [
  ...shirts.map(shirtPattern),
  '<pattern id="frozen" width="6" height="8" patternUnits="userSpaceOnUse"><rect width="3" height="8" class="ice"/></pattern>',
].join("\n  ");

/** One turn of the film: how long it plays, and how long its last picture stays, in seconds. */
export const TURN_S = 9;
export const STAYS = 0.22;

export const STYLE = `
  :root { --paper: #fffdf8; --ink: #2b2b2b; --faint: #8a857b; --line: #d8d2c4; --work: #b9b2a2; --good: #1b7a3d; --bad: #b3261e; --ice: #7fb6d8 }
  @media (prefers-color-scheme: dark) {
    :root { --paper: #14171c; --ink: #ece8df; --faint: #a19b8e; --line: #3a4049; --work: #5c6470; --good: #6fd08c; --bad: #ff8a80; --ice: #4f8fb5 }
  }
  text { font: 14px system-ui, sans-serif; fill: var(--ink) }
  .title { font-size: 17px; font-weight: 600 }
  .faint { fill: var(--faint); font-size: 12px }
  .paper { fill: var(--paper) } .line { stroke: var(--line) } .work { fill: var(--work) } .ice { fill: var(--ice) }
  .wait { fill: none; stroke: var(--faint); stroke-dasharray: 4 3 }
  .edge { fill: none; stroke: var(--ink); stroke-width: .8 }
  .arrow { stroke: var(--ink); stroke-width: 1.4; fill: none } .tip { fill: var(--ink) }
  .good { fill: var(--good); font-weight: 700 } .bad { fill: var(--bad); font-weight: 700 } .lost { stroke: var(--bad) }
  .halo { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round }
  .curtain { fill: var(--paper); opacity: .86; animation: open ${TURN_S}s linear infinite }
  .head { stroke: var(--faint); animation: walk ${TURN_S}s linear infinite }
  @media (prefers-reduced-motion: reduce) { .curtain, .head { display: none } .cell { animation: none !important } }`;
