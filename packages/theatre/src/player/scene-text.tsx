/** The scene in words, as a list: what the drawing shows, for those who do not see it. */
import { sceneLines } from "../scene/words.ts";
import type { Player } from "./player.ts";

export function SceneText({ player }: { readonly player: Player }) {
  return (
    <dl class="scene-text">
      {sceneLines(player.scene.value).map(({ name, said }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{said}</dd>
        </div>
      ))}
    </dl>
  );
}
