/** A page of this process, on this machine alone. It knows neither what is shown nor the page that shows it. */
export { type Files, readFolder, type StaticFile } from "./files.ts";
export { openBrowser } from "./open-browser.ts";
export { type LiveOptions, type LivePage, serveLive } from "./serve.ts";
