/** What was opened, what of it could not be read, and which of its stories is shown. */
import { text } from "../../text.ts";
import { LIMITS, type TraceFile, type TraceStory } from "../../trace-file/trace-reader.ts";
import type { Opened, ReplayModel } from "./model.ts";

const words = text.replay;

export interface SummaryProps {
  readonly model: ReplayModel;
  readonly opened: Opened;
  readonly story: TraceStory;
}

export function Summary({ model, opened: { name, file }, story }: SummaryProps) {
  const { startedAt } = story;
  const when = startedAt === undefined ? undefined : new Date(startedAt).toLocaleString("en-GB");
  return (
    <>
      <p class="status" role="status">
        {words.opened(name, story.trace.length, story.steps)}{" "}
        {when === undefined ? words.simulated : words.real(when)}
      </p>
      {file.isCut && <p class="problem">{words.cut(LIMITS.events)}</p>}
      {file.bytesLeft > 0 && <p class="problem">{words.bytesLeft(file.bytesLeft)}</p>}
      <Problems file={file} />
      <div class="row">
        {file.stories.length > 1 && (
          <label>
            {words.story}{" "}
            <select
              value={model.story.value}
              onChange={({ currentTarget }) => model.choose(Number(currentTarget.value))}
            >
              {file.stories.map(({ title }, index) => (
                <option key={index} value={index}>
                  {title ?? words.untitled(index + 1)}
                </option>
              ))}
            </select>
          </label>
        )}
        <button type="button" onClick={() => model.close()}>
          {words.other}
        </button>
      </div>
    </>
  );
}

function Problems({ file: { problems, problemCount } }: { readonly file: TraceFile }) {
  if (problemCount === 0) return null;
  return (
    <details class="problems" open={problemCount <= 3}>
      <summary>{words.problems(problemCount)}</summary>
      <ul>
        {problems.map(({ line, why }) => (
          <li key={line}>{words.problem(line, why)}</li>
        ))}
        {problemCount > problems.length && <li>{words.moreProblems(problemCount - problems.length)}</li>}
      </ul>
    </details>
  );
}
