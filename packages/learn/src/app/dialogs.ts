/** What takes the screen for a while: each shows lines, reads keys, and returns when the reader has done with it. */
import chalk from "chalk";
import { cut } from "../text.ts";
import type { Screen } from "./screen.ts";

/** Keys that leave any dialog. The chan of keys closes when the terminal is gone. */
export async function keyOf({ keys }: Screen): Promise<string> {
  const [key = "escape"] = await keys.recv();
  return key;
}

/** Lines to read, and any key to go on; up and down move where they are more than the screen has. */
export async function page(screen: Screen, lines: readonly string[]): Promise<void> {
  for (let top = 0; ; ) {
    const room = Math.max(1, screen.rows - 3);
    const last = Math.max(0, lines.length - room);
    top = Math.min(Math.max(0, top), last);
    const hint = last > 0 ? "up, down: more   any other key: back" : "any key: back";
    screen.show([...lines.slice(top, top + room), "", chalk.dim(hint)]);
    const key = await keyOf(screen);
    if (key === "up") top--;
    else if (key === "down") top++;
    else if (key !== "resize") return;
  }
}

/** A question; true when the answer is y. */
export async function isYes(screen: Screen, lines: readonly string[]): Promise<boolean> {
  for (;;) {
    screen.show(lines);
    const key = await keyOf(screen);
    if (key !== "resize") return key === "y";
  }
}

/** One of a list's rows, or undefined when nobody is chosen. `rows` may have heads, which cannot be chosen. */
export async function choose<T>(
  screen: Screen,
  rows: readonly { readonly text: string; readonly value?: T }[],
  isFirst: (value: T) => boolean,
): Promise<T | undefined> {
  const places = rows.flatMap(({ value }, index) => (value === undefined ? [] : [index]));
  let at = Math.max(
    0,
    places.findIndex((index) => isFirst(rows[index]?.value as T)),
  );
  for (;;) {
    const cursor = places[at] ?? 0;
    const room = Math.max(1, screen.rows - 3);
    const top = Math.max(0, Math.min(cursor - Math.floor(room / 2), rows.length - room));
    const shown = rows
      .slice(top, top + room)
      .map(({ text }, index) => `${top + index === cursor ? "> " : "  "}${text}`);
    screen.show([...shown, "", chalk.dim("up, down, Enter: choose   q: back")]);
    const key = await keyOf(screen);
    if (key === "up" || key === "k") at = Math.max(0, at - 1);
    else if (key === "down" || key === "j") at = Math.min(places.length - 1, at + 1);
    else if (key === "enter") return rows[cursor]?.value;
    else if (key === "q" || key === "escape" || key === "l") return undefined;
  }
}

/** A line that the reader types under `lines`; undefined when the reader leaves with Escape. */
export async function typed(screen: Screen, lines: readonly string[]): Promise<string | undefined> {
  for (let line = ""; ; ) {
    const room = screen.columns - 3;
    // The end of a long line is what one types at.
    const end = line.length > room ? `…${line.slice(1 - room)}` : line;
    screen.show([...lines, `> ${cut(end, room)}_`]);
    const key = await keyOf(screen);
    if (key === "enter") return line.trim();
    if (key === "escape") return undefined;
    if (key === "backspace") line = [...line].slice(0, -1).join("");
    else if ([...key].length === 1) line += key;
  }
}
