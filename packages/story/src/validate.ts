/** Everything that comes from another process is checked; what does not fit throws one line that says why. */
import { z } from "zod";
import { areas } from "./area.ts";
import { colours } from "./shirt.ts";

/** Text from another process that is not what it should be. The message is one line for people: which field, and what is wrong. */
export class MalformedMessageError extends Error {
  override readonly name = "MalformedMessageError";
}

/** More than the table's integer holds is malformed here: at the table it would be an error, and end one node after the other. */
export const revisionShape = z.int().positive().max(2_147_483_647);
export const areaShape = z.enum(areas);
export const worldShape = z.string().min(1);
export const commandShape = z.object({
  area: areaShape,
  shirt: z.enum(colours),
  revision: revisionShape,
  world: worldShape.optional(),
});

/** The value in a text of JSON. Throws MalformedMessageError. */
export function parseJson<T>(shape: z.ZodType<T>, text: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new MalformedMessageError("the body is not JSON");
  }
  const result = shape.safeParse(json);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const field = first?.path.join(".");
  throw new MalformedMessageError(
    `${field ? `field "${field}": ` : ""}${first?.message ?? "not a message of this story"}`,
  );
}
