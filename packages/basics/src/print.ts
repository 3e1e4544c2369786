import { after } from "@shirts/chan";

/** Takes one line of output. A person's run hands it to the terminal, a test's run to a list. */
export type Print = (line: string) => void;

/** Starts a stopwatch that reads in whole seconds. It asks chan's clock, so a test with fake time drives it too. */
export async function stopwatch(): Promise<() => Promise<number>> {
  const [start = 0] = await after(0).recv();
  return async () => {
    const [now = 0] = await after(0).recv();
    return Math.round((now - start) / 1000);
  };
}
