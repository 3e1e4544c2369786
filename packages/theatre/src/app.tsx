/** The page: a heading, the five modes, and the one that the address names. */
import type { ComponentChildren, ComponentType } from "preact";
import { address, follow, go, isEmbedded, type Mode, modes } from "./address.ts";
import { Chance } from "./modes/chance/chance.tsx";
import { Live } from "./modes/live/live.tsx";
import { Replay } from "./modes/replay/replay.tsx";
import { Schedule } from "./modes/schedule/schedule.tsx";
import { Watch } from "./modes/watch/watch.tsx";
import { linkTo } from "./parts/copy-link.tsx";
import { text } from "./text.ts";

const views: Record<Mode, ComponentType> = {
  watch: Watch,
  schedule: Schedule,
  chance: Chance,
  live: Live,
  replay: Replay,
};

follow();

export function App() {
  const { mode } = address.value;
  const View = views[mode];
  const scene = (
    <main>
      <View />
    </main>
  );
  if (isEmbedded) return <Embedded>{scene}</Embedded>;
  return (
    <>
      <header class="top">
        <h1>{text.title}</h1>
        <nav aria-label={text.modesLabel}>
          {modes.map((one) => (
            <a
              key={one}
              href={`#${one}`}
              aria-current={one === mode ? "page" : undefined}
              onClick={(event) => {
                event.preventDefault();
                go(one);
              }}
            >
              {text.modes[one]}
            </a>
          ))}
        </nav>
      </header>
      {scene}
    </>
  );
}

/** One scene, and the way to the whole page with the same scene. */
function Embedded({ children }: { children: ComponentChildren }) {
  const { mode, state } = address.value;
  return (
    <>
      <header class="unseen">
        <h1>{text.title}</h1>
      </header>
      {children}
      <footer>
        <a href={linkTo(mode, state)} target="_blank" rel="noopener">
          {text.embed}
        </a>
      </footer>
    </>
  );
}
