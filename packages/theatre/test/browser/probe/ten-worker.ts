import { playTen } from "./traces.ts";

export interface Question {
  readonly stage: string;
  readonly stories: number;
}

/** Answers when all stories are played. */
addEventListener("message", ({ data: { stage, stories } }: MessageEvent<Question>) => {
  playTen(stage, stories).then(() => postMessage("played"), reportError);
});
