/** The servers of a test, or its name with the reason why it is skipped. */
import { UsageError } from "@shirts/command-line";
import { afterAll } from "vitest";
import type { QueueFacts } from "../../src/queues.ts";
import { openServices, type Services } from "../../src/services.ts";

export interface Found {
  readonly services: Services | undefined;
  /** `bullmq`, or `bullmq: skipped, this queue needs Redis: …`. */
  readonly title: string;
}

/** Opens them, and closes them after the file's tests. In CI (REQUIRE_SERVICES=1) a missing server is an error. */
export async function find(name: string, needs: QueueFacts["needs"]): Promise<Found> {
  try {
    const services = await openServices(needs);
    afterAll(() => services.close());
    return { services, title: name };
  } catch (error) {
    if (process.env.REQUIRE_SERVICES === "1" || !(error instanceof UsageError)) throw error;
    return { services: undefined, title: `${name}: skipped. ${error.message}` };
  }
}

/** For a test that is skipped when they are missing. */
export function here(services: Services | undefined): Services {
  if (services === undefined) throw new Error("this test should be skipped");
  return services;
}
