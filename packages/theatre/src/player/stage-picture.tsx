/** The drawing of one scene: president, queue, exchange, nodes and what they wait for, the table of people. */
import { useEffect, useRef } from "preact/hooks";
import { Drawing } from "../picture/drawing.ts";
import type { Scene } from "../scene/scene.ts";

export interface StagePictureProps {
  readonly scene: Scene;
  readonly title: string;
  /** When the story begins and ends, in milliseconds: then what everybody wore before is drawn, too. */
  readonly span?: readonly [from: number, until: number] | undefined;
}

export function StagePicture({ scene, title, span }: StagePictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<Drawing | undefined>(undefined);
  useEffect(() => {
    if (!canvas.current) return;
    const it = new Drawing(canvas.current);
    drawing.current = it;
    return () => it.end();
  }, []);
  useEffect(() => drawing.current?.show(scene, span), [scene, span]);
  return <canvas ref={canvas} class="stage-picture" role="img" aria-label={title} />;
}
