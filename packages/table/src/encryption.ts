/**
 * Encryption: what `sslmode` asks for, as PostgreSQL's own programs mean it.
 *
 *     mode          encrypted       whose server it is
 *     disable       never           not checked; what counts when nothing is said
 *     allow         if it must be   not checked
 *     prefer        if it can be    not checked
 *     require       always          not checked, unless sslrootcert names an authority: then as verify-ca
 *     verify-ca     always          an authority that sslrootcert names has signed for it
 *     verify-full   always          and it has signed for this host. Without sslrootcert: an authority that Node knows
 *
 * The driver takes prefer, require and verify-ca for verify-full, and warns of it.
 */
import { readFileSync } from "node:fs";
import type pg from "pg";
import type { TableError } from "./errors.ts";

/** One way to connect, for the driver: false for none. */
export type Encryption = NonNullable<pg.ClientConfig["ssl"]>;

const MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const;
type Mode = (typeof MODES)[number];

/** The ways that are tried, one after the other. Throws what `bad` makes of a setting that cannot be used. */
export function encryptions(
  query: ReadonlyMap<string, string>,
  bad: (what: string) => TableError,
): readonly Encryption[] {
  const mode = modeOf(query, bad);
  const root = query.get("sslrootcert");
  if (mode === "disable") return [false];
  const client = { ...file("cert", query.get("sslcert"), bad), ...file("key", query.get("sslkey"), bad) };
  const unchecked = { ...client, rejectUnauthorized: false };
  if (mode === "allow") return [false, unchecked];
  if (mode === "prefer") return [unchecked, false];
  if (mode === "require" && root === undefined) return [unchecked];
  // PostgreSQL's word for the authorities that the machine knows, who sign for anybody.
  const isSystem = root === "system";
  if (mode !== "verify-full" && (root === undefined || isSystem))
    throw bad(
      `says sslmode=${mode} and names no authority of its own: sslrootcert=FILE names one, verify-full does without`,
    );
  const checked = { ...client, ...(isSystem ? {} : file("ca", root, bad)) };
  return [mode === "verify-full" ? checked : { ...checked, checkServerIdentity: () => undefined }];
}

function modeOf(query: ReadonlyMap<string, string>, bad: (what: string) => TableError): Mode {
  const said = query.get("sslmode") || older(query.get("ssl")) || process.env.PGSSLMODE || "disable";
  const mode = said === "no-verify" ? "require" : said;
  const known = MODES.find((one) => one === mode);
  if (known === undefined) throw bad(`has an sslmode that there is not. There are ${MODES.join(", ")}`);
  return known;
}

/** What the driver reads beside sslmode. */
function older(ssl: string | undefined): string | undefined {
  if (ssl === "true" || ssl === "1") return "verify-full";
  if (ssl === "false" || ssl === "0") return "disable";
  return ssl;
}

function file(
  name: "ca" | "cert" | "key",
  path: string | undefined,
  bad: (what: string) => TableError,
): { [name: string]: string } {
  if (path === undefined) return {};
  try {
    return { [name]: readFileSync(path, "utf8") };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const setting = { ca: "sslrootcert", cert: "sslcert", key: "sslkey" }[name];
    throw bad(`names a file in ${setting} that cannot be read (${code}): ${path}`);
  }
}
