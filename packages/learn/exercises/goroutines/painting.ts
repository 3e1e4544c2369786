/** The judge of wait-for-all and of count-first: it paints areas of its own, and sees who speaks too early. */
import { sleep } from "@shirts/chan";
import type { Print } from "@shirts/learn";
import { tried } from "@shirts/learn/tried";

export type PaintAll = (
  areas: readonly string[],
  paint: (area: string) => Promise<void>,
  print: Print,
) => Promise<void>;

const LAST = "all are painted";

/** The areas of each case, and how many milliseconds each of them takes. */
const cases: readonly Readonly<Record<string, number>>[] = [
  { north: 1000, south: 1000, west: 1000 },
  { north: 30, south: 10 },
  { east: 20 },
  {},
];

/** Resolves to the first complaint about a case, if any. */
export async function complainAboutPainting(paintAll: PaintAll): Promise<string | undefined> {
  for (const areas of cases) {
    const complaint = await complainAboutCase(paintAll, areas);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

async function complainAboutCase(
  paintAll: PaintAll,
  areas: Readonly<Record<string, number>>,
): Promise<string | undefined> {
  const names = Object.keys(areas);
  const begun: string[] = [];
  const missing = new Set(names);
  /** For each time that the last line was printed: which areas were missing, and which of them had not even begun. */
  const lasts: { readonly missing: readonly string[]; readonly idle: readonly string[] }[] = [];
  const asleep = "a group waits until it is zero, so there must be one done for each add";
  const { ms } = await tried({ asleep }, async () => {
    const paint = async (area: string): Promise<void> => {
      begun.push(area);
      await sleep(areas[area] ?? 0);
      missing.delete(area);
    };
    await paintAll(names, paint, (line) => {
      if (line !== LAST) return;
      lasts.push({ missing: [...missing], idle: names.filter((name) => !begun.includes(name)) });
    });
  });
  const [late] = lasts[0]?.missing ?? [];
  const [idle] = lasts[0]?.idle ?? [];
  if (idle !== undefined)
    return `"${LAST}" came, and nobody had begun to paint ${idle}: go only makes a note, and the routine begins later`;
  if (late !== undefined)
    return `"${LAST}" came while ${late} was still being painted: to start a routine is not to wait for it`;
  for (const name of names) {
    const times = begun.filter((area) => area === name).length;
    if (times !== 1) return `paint was called ${times} times for ${name}, and it should be called once`;
  }
  if (lasts.length !== 1)
    return `"${LAST}" was printed ${lasts.length} times, and it should be printed once, also when there are ${names.length} areas`;
  const longest = Math.max(0, ...Object.values(areas));
  if (ms > longest)
    return `${names.join(" and ")} took ${ms} ms, and the longest of them takes ${longest} ms: side by side, many waits take the time of the longest`;
  return undefined;
}
