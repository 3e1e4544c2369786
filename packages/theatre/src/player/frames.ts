/** One loop of animation frames for the whole page. It rests while nobody asks for frames. */

/** Called with the time of the frame in milliseconds; returns false when it needs no more frames. */
export type OnFrame = (now: number) => boolean;

const wanting = new Set<OnFrame>();
let isRunning = false;

/** Asks for frames, until `onFrame` returns false. A second ask for the same function changes nothing. */
export function frames(onFrame: OnFrame): void {
  wanting.add(onFrame);
  if (isRunning) return;
  isRunning = true;
  requestAnimationFrame(loop);
}

/** Ends the frames of `onFrame`. */
export function noFrames(onFrame: OnFrame): void {
  wanting.delete(onFrame);
}

function loop(now: number): void {
  for (const onFrame of [...wanting]) if (!onFrame(now)) wanting.delete(onFrame);
  isRunning = wanting.size > 0;
  if (isRunning) requestAnimationFrame(loop);
}
