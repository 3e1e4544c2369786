/** What must never happen on a page, whatever the test is about. */
import type { BrowserContext } from "playwright-core";

/**
 * Notes each problem of all pages of `context`, one line each, as long as the context lives. What the page's policy blocks
 * is an error on its console.
 */
export function noteProblems(context: BrowserContext, origin: string): string[] {
  const problems: string[] = [];
  context.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      problems.push(`console ${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (error) => problems.push(`uncaught: ${error.error().message}`));
  context.on("request", (request) => {
    if (
      new URL(request.url()).origin !== origin &&
      !request.url().startsWith("data:") &&
      !request.url().startsWith("blob:")
    )
      problems.push(`request to another host: ${request.url()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  return problems;
}
