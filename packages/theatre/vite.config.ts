import { dirname, resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

/**
 * Web Workers as further entries of the page's own build. By itself Vite builds each worker apart, with a simulator of its
 * own inside; so the page, the count and the stories would load the simulator three times.
 */
const shareWithWorkers: Plugin = {
  name: "share-with-workers",
  apply: "build",
  // Before Vite sees the worker.
  enforce: "pre",
  transform(code, id) {
    const place = /new URL\(\s*("[^"]*\/workers\/[^"]+\.ts"),\s*import\.meta\.url,?\s*\)/g;
    if (!place.test(code)) return undefined;
    return code.replace(place, (_, file: string) => {
      const chunk = this.emitFile({ type: "chunk", id: resolve(dirname(id), JSON.parse(file)) });
      return `import.meta.ROLLUP_FILE_URL_${chunk}`;
    });
  },
};

export default defineConfig({
  // Relative addresses: the page runs below any path of any static host.
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [shareWithWorkers],
  worker: { format: "es" },
  build: { target: "es2023", modulePreload: { polyfill: false } },
});
