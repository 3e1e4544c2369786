import { defineConfig } from "vitest/config";

export default defineConfig({
  // The mutation check keeps a copy of the tests there.
  test: { exclude: ["**/node_modules/**", "**/.cache/**"] },
});
