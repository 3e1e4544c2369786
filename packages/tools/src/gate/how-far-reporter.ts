/** Vitest's reporter that tells how far the tests are; the gate adds it to the others. Vitest makes one, by its place. */
import { relative } from "node:path";
import type { Reporter, TestModule, TestSpecification } from "vitest/node";
import { HowFar } from "./how-far.ts";

/** @public */
export default class HowFarReporter implements Reporter {
  #howFar: HowFar | undefined;

  onTestRunStart(files: readonly TestSpecification[]): void {
    if (!process.stdout.isTTY) this.#howFar = new HowFar(files.length, () => performance.now());
  }

  onTestModuleStart({ moduleId }: TestModule): void {
    this.#howFar?.begins(relative("packages", moduleId));
  }

  onTestModuleEnd({ moduleId }: TestModule): void {
    const line = this.#howFar?.ends(relative("packages", moduleId));
    if (line !== undefined) console.log(`   ${line}`);
  }
}
