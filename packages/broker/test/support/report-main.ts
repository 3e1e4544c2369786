/** Writes docs/generated/broker.md, after `contract:record` has noted another RabbitMQ. */
import { writeFileSync } from "node:fs";
import { laws } from "../contract/laws.ts";
import { readProved } from "./proved.ts";
import { report } from "./report.ts";

const FILE = new URL("../../../../docs/generated/broker.md", import.meta.url);
writeFileSync(FILE, report(laws, readProved()));
