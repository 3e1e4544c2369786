/** Which RabbitMQs this works on: what an older one does differently was never tried. */

/** The oldest RabbitMQ that the tests have seen pass: major and minor. */
const OLDEST = [3, 10] as const;

/** What is wrong with the broker that says this of itself; undefined: nothing. Other products than RabbitMQ have their own numbers. */
export function tooOld({ product, version }: Readonly<Record<string, unknown>>): string | undefined {
  if (product !== "RabbitMQ") return undefined;
  const [major = 0, minor = 0] = String(version).split(".").map(Number);
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  return isOld ? `it is RabbitMQ ${version}, and this needs ${OLDEST.join(".")} or newer.` : undefined;
}
