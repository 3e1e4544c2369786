/** A fence refuses old steps; it brings no job back that was stopped by mistake. Where nobody stops a job, the fence is enough. */
export const ends: Readonly<Record<"v3" | "v3-fence" | "fence" | "v4", string>> = {
  v3: "white",
  "v3-fence": "white",
  fence: "blue",
  v4: "blue",
};
