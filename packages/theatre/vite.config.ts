import { defineConfig } from "vite";

export default defineConfig({
  // Relative addresses: the page runs below any path of any static host.
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es" },
  build: { target: "es2023", modulePreload: { polyfill: false } },
});
