/**
 * Shirts: what a person wears. Purple and blue look alike to many eyes, and a pipe has no colours at all,
 * so each shirt also has a letter of its own.
 */

/** Every shirt, the undyed one first: nobody commanded white, it is what people wear before the first command. */
export const shirts = ["white", "purple", "blue", "green", "orange"] as const;

export type Shirt = (typeof shirts)[number];

/** A shirt that a president can command. */
export type Colour = Exclude<Shirt, "white">;

export const colours = shirts.filter((shirt): shirt is Colour => shirt !== "white");

export function isColour(text: string): text is Colour {
  return (colours as readonly string[]).includes(text);
}

/** One letter per shirt, for bars that must be readable without colour. */
export function shirtLetter(shirt: Shirt): string {
  return shirt === "white" ? "·" : shirt.charAt(0).toUpperCase();
}
