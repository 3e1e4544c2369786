/** How a process ends other than by a panic: the reasons in its `crashed` event. */
export const KILLED = "killed";
export const DRAIN_OVER = "the time to drain was over";
export const WORLD_GONE = "its world is gone";

/** A reason that is none of these is a panic's message. */
export const noPanics: ReadonlySet<string> = new Set([KILLED, DRAIN_OVER, WORLD_GONE]);
