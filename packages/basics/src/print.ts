import { after } from "@shirts/chan";

/** Takes one line of output. The command prints it, a test keeps it in a list. */
export type Print = (line: string) => void;

/** Starts a stopwatch that counts whole seconds. It uses chan's clock, so that fake time drives it too. */
export async function stopwatch(): Promise<() => Promise<number>> {
  const [start = 0] = await after(0).recv();
  return async () => {
    const [now = 0] = await after(0).recv();
    return Math.round((now - start) / 1000);
  };
}
