/** Finds and starts Debian's Chromium. */
import { accessSync, constants } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const DEBIAN = "/usr/bin/chromium";

/** The program that `CHROMIUM` names, else Debian's. Throws one line when it is not there. */
function findChromium(): string {
  const file = process.env.CHROMIUM || DEBIAN;
  try {
    accessSync(file, constants.X_OK);
  } catch {
    throw new Error(`there is no Chromium at ${file}; install it, or name another one with CHROMIUM`);
  }
  return file;
}

function isHere(): boolean {
  try {
    return findChromium() !== "";
  } catch (error) {
    // CI says that it has the browser, and who names one means it: then a missing one must not hide as a skipped test.
    if (process.env.REQUIRE_BROWSER === "1" || process.env.CHROMIUM) throw error;
    return false;
  }
}

export const hasChromium: boolean = isHere();

/** Starts a browser without a window, that can reach nothing but this machine. `flags` are added to its command line. */
export function launch(...flags: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    // Its sandbox does not start as root, nor in most containers; it opens nothing but our own pages.
    chromiumSandbox: false,
    args: [
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      "--no-pings",
      // Whatever the browser still wants from the network, it does not find.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      ...flags,
    ],
  });
}
