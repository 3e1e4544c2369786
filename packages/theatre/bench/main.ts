/** `pnpm --filter theatre bench`: what is measured of the page. Read by people; nothing is asserted. */
import { tellSpeed } from "./speed.ts";

await tellSpeed();
