/** Text of a link: bytes as letters that no chat program breaks, and back; and a sum that finds a slip of copying. */

/** Base64 with the letters of RFC 4648, section 5, without padding. */
export function toText(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes, or undefined when `text` is none of `toText`. */
export function toBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined;
  let binary: string;
  try {
    binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    // Its length is that of no bytes.
    return undefined;
  }
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  // The last letter has bits to spare: two texts would be one link.
  return toText(bytes) === text ? bytes : undefined;
}

/** CRC-32 (ISO-HDLC): any one slip of up to 32 bits in a row changes it. It is no protection against intent. */
export function sumOf(bytes: Uint8Array): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
