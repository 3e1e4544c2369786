/** Opens a link in the reader's browser, where there is one. */
import { spawn } from "node:child_process";

/** `BROWSER` in the environment names another program. True when it was tried. That no browser opens is no error: the link is on the screen, too. */
export function openBrowser(
  link: string,
  { platform, env }: Pick<NodeJS.Process, "platform" | "env">,
): boolean {
  if (env.CI) return false;
  if (env.BROWSER) return start(env.BROWSER, [link]);
  // Without a screen xdg-open would start a browser inside the terminal.
  const hasScreen = env.DISPLAY !== undefined || env.WAYLAND_DISPLAY !== undefined;
  if (platform === "linux" && !hasScreen) return false;
  const [name, ...args] =
    platform === "win32"
      ? ["rundll32", "url.dll,FileProtocolHandler"]
      : [platform === "darwin" ? "open" : "xdg-open"];
  return start(name ?? "", [...args, link]);
}

function start(name: string, args: readonly string[]): true {
  const child = spawn(name, args, { stdio: "ignore", detached: true });
  // No such program: the link is on the screen.
  child.on("error", () => {});
  child.unref();
  return true;
}
