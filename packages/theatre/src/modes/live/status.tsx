/** Says at each moment whether what one sees is real. */
import { text } from "../../text.ts";
import type { LiveModel } from "./model.ts";

export function Status({ model }: { readonly model: LiveModel }) {
  const { name, said } = statusOf(model);
  const problem = model.problem.value;
  const missed = model.missed.value;
  return (
    <>
      <p class={`status status-${name}`} role="status">
        {said}
      </p>
      {missed > 0 && <p class="quiet">{text.live.missed(missed)}</p>}
      <p class="problem" role="alert">
        {problem}
      </p>
    </>
  );
}

function statusOf({ link, play }: LiveModel): { name: string; said: string } {
  const words = text.live.status;
  const it = link.value;
  const over = play.value?.over;
  // That it is over was said before the connection went: the page need not wait for anything.
  if (over !== undefined) return { name: "over", said: words.over(over) };
  if (it.state === "refused") return { name: "refused", said: words.refused(it.why) };
  if (it.state === "lost") return { name: "lost", said: words.lost };
  if (it.state === "connecting") return { name: "connecting", said: words.connecting };
  return { name: "real", said: play.value ? words.real(play.value.stage) : words.waiting };
}
