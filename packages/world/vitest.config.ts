import { defineConfig } from "vitest/config";

// Nothing here waits for time to pass; but a database opens slowly on a busy machine.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
