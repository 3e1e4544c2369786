/** `pnpm --filter theatre bench`: what is measured of the page. Read by people; nothing is asserted. */
import { tellFrames } from "./frames.ts";
import { tellSpeed } from "./speed.ts";

await tellFrames();
await tellSpeed();
