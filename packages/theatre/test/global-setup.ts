/** Once for a run of the tests: the page is served from here. It is built when the first test opens it. */
import type { TestProject } from "vitest/node";
import { startSite } from "./browser/site.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly site: { readonly page: string; readonly probe: string; readonly folder: string };
  }
}

/** Vitest calls it by its place. @public */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { page, probe, folder, close } = await startSite();
  project.provide("site", { page, probe, folder });
  return close;
}
