/**
 * What a mode shows, as text for the address: `VERSION.TEXT`. TEXT is a sum and the squeezed JSON of [kind, value].
 * Whatever comes in, `decode` answers: with what the link holds, or with one line that says why it does not open.
 */
import { text } from "../text.ts";
import { sumOf, toBytes, toText } from "./bytes.ts";
import { type Kind, kinds, type Value } from "./schemas.ts";
import { squeeze, TooLargeError, unsqueeze } from "./squeeze.ts";

export type { Kind, Value } from "./schemas.ts";

/** The version that is written. A page reads every version up to its own that it still has a reader for. */
const VERSION = 1;
/** Browsers and chat programs cut longer addresses. */
const TEXT_MAX = 20_000;
const SUM_BYTES = 4;

type Opened<K extends Kind> = { readonly ok: true; readonly kind: K; readonly value: Value<K> };
type Refused = { readonly ok: false; readonly why: string };
export type Decoded = { [K in Kind]: Opened<K> }[Kind] | Refused;

/** The text for `value`. Throws, with one line for people, what does not fit its kind, or is too large for a link. */
export async function encode<K extends Kind>(kind: K, value: Value<K>): Promise<string> {
  const checked = kinds[kind].safeParse(value);
  if (!checked.success) throw new Error(text.link.unfit(firstIssue(checked.error.issues)));
  if (typeof CompressionStream === "undefined") throw new Error(text.link.noCompression);
  const packed = await squeeze([kind, value]);
  const bytes = new Uint8Array(SUM_BYTES + packed.length);
  new DataView(bytes.buffer).setUint32(0, sumOf(packed));
  bytes.set(packed, SUM_BYTES);
  const link = `${VERSION}.${toText(bytes)}`;
  if (link.length > TEXT_MAX) throw new Error(text.link.tooLong);
  return link;
}

/** What a link holds, or why it does not open. Never throws. */
export async function decode(link: string): Promise<Decoded> {
  if (link.length > TEXT_MAX) return refuse(text.link.tooLong);
  const [, version, rest] = /^(\d{1,6})\.(.*)$/s.exec(link) ?? [];
  if (version === undefined || rest === undefined) return refuse(text.link.noLink);
  if (Number(version) > VERSION) return refuse(text.link.newer(version));
  if (version !== String(VERSION)) return refuse(text.link.older(version));
  const bytes = toBytes(rest);
  if (!bytes || bytes.length <= SUM_BYTES) return refuse(text.link.cut);
  const packed = bytes.slice(SUM_BYTES);
  if (new DataView(bytes.buffer).getUint32(0) !== sumOf(packed)) return refuse(text.link.cut);
  if (typeof DecompressionStream === "undefined") return refuse(text.link.noCompression);
  try {
    return read(await unsqueeze(packed));
  } catch (error) {
    return refuse(error instanceof TooLargeError ? text.link.tooLarge : text.link.cut);
  }
}

/** As `decode`, for a mode that opens links of its own kind only. */
export async function decodeAs<K extends Kind>(kind: K, link: string): Promise<Opened<K> | Refused> {
  const decoded: Decoded = await decode(link);
  if (!decoded.ok) return decoded;
  return decoded.kind === kind ? (decoded as Opened<K>) : refuse(text.link.otherKind(decoded.kind));
}

function read(content: unknown): Decoded {
  if (!Array.isArray(content) || content.length !== 2) return refuse(text.link.forged("it holds no kind"));
  const [kind, value] = content as [unknown, unknown];
  if (typeof kind !== "string" || !Object.hasOwn(kinds, kind))
    return refuse(text.link.forged("it is of no kind that this page has"));
  const parsed = kinds[kind as Kind].safeParse(value);
  if (!parsed.success) return refuse(text.link.forged(firstIssue(parsed.error.issues)));
  return { ok: true, kind, value: parsed.data } as Decoded;
}

/** Its field and what is wrong; shortened, because a forged link may hold anything. */
function firstIssue(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): string {
  const [first] = issues;
  const field = first?.path.map(String).join(".") ?? "";
  const line = `${field === "" ? "" : `${field}: `}${first?.message ?? ""}`.replace(/\s+/g, " ");
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

function refuse(why: string): Refused {
  return { ok: false, why };
}
