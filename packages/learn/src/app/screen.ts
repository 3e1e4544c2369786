/** The terminal: lines that are drawn over those before, and keys one by one. */
import type { ReadStream, WriteStream } from "node:tty";
import { type Chan, chan, type RecvChan } from "@shirts/chan";

export interface Screen {
  readonly columns: number;
  readonly rows: number;
  /** A character, or a name of `keysOf`. "resize" means: draw again. Closed when the terminal is gone. */
  readonly keys: RecvChan<string>;
  show(lines: readonly string[]): void;
}

const NAMES: Readonly<Record<string, string>> = {
  "\r": "enter",
  "\n": "enter",
  "\u007f": "backspace",
  "\b": "backspace",
  "\u0003": "ctrl-c",
  "\u0004": "ctrl-d",
  "\u001b": "escape",
  "\u001b[A": "up",
  "\u001b[B": "down",
  "\u001bOA": "up",
  "\u001bOB": "down",
};

/** What was typed, key by key. Other keys that have no character of their own are left out. */
export function keysOf(data: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is how a terminal sends arrows.
  const found = data.match(/\u001b(?:\[[0-9;]*[A-Za-z~]|O[A-Z])|[\s\S]/gu) ?? [];
  return found.flatMap((key) => {
    if (NAMES[key]) return [NAMES[key]];
    return key >= " " && !key.startsWith("\u001b") ? [key] : [];
  });
}

/** Keys that were pressed and that nobody has taken; more are dropped. */
const KEYS_MAX = 1000;

/** Takes the terminal over, until `close`. Ctrl-C is a SIGINT of this process, as if the terminal had not been taken. */
export function openScreen(input: ReadStream, output: WriteStream): Screen & { close(): void } {
  const keys: Chan<string> = chan(KEYS_MAX);
  const onData = (data: string): void => {
    for (const key of keysOf(data)) {
      if (key === "ctrl-c") process.kill(process.pid, "SIGINT");
      else keys.trySend(key);
    }
  };
  const onResize = (): void => void keys.trySend("resize");
  const onEnd = (): void => keys.close();
  input.setRawMode(true).setEncoding("utf8").on("data", onData).once("end", onEnd).resume();
  output.on("resize", onResize);
  return {
    keys,
    get columns() {
      return output.columns || 80;
    },
    get rows() {
      return output.rows || 24;
    },
    show(lines) {
      output.write(`\u001b[H\u001b[2J${lines.join("\r\n")}\r\n`);
    },
    close() {
      output.off("resize", onResize);
      input.off("data", onData).off("end", onEnd).setRawMode(false).pause();
    },
  };
}
