/** The drawing of one scene: president, queue, exchange, nodes and what they wait for, the table of people. */
import type { Scene } from "../scene/scene.ts";
import { SceneText } from "./scene-text.tsx";

export function StagePicture({ scene, title }: { readonly scene: Scene; readonly title: string }) {
  return (
    <figure class="stage-picture" aria-label={title}>
      <SceneText scene={scene} />
    </figure>
  );
}
