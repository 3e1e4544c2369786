/**
 * Predict, then prove. Two cancels meet: PURPLE and BLUE are commanded in the same millisecond, and each node hears the other's
 * cancel. What does everybody wear in the end: "white", "purple", "blue", or "both"?
 */
export const ends: Readonly<Record<"v3" | "v3-fence" | "fence" | "v4", string>> = {
  /** The talk's last version. */
  v3: "blue",
  /** v3, and the table refuses old steps. */
  "v3-fence": "blue",
  /** v1's worker, which hears no cancels, and the table refuses old steps. */
  fence: "both",
  /** A cancel stops only what is older, and the table refuses old steps. */
  v4: "blue",
};
