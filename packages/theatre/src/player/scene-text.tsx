/** The scene in words, as a list: what the drawing shows, for those who do not see it. */
import type { Scene } from "../scene/scene.ts";
import { sceneLines } from "../scene/words.ts";

export function SceneText({ scene }: { readonly scene: Scene }) {
  return (
    <dl class="scene-text">
      {sceneLines(scene).map(({ name, said }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{said}</dd>
        </div>
      ))}
    </dl>
  );
}
