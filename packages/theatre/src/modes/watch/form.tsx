/** All parameters of the story, in sight. Each change is a new story. */
import { type Story, stages } from "@shirts/sim";
import { type Area, areaName, areas, type Colour, colours } from "@shirts/story";
import { text } from "../../text.ts";
import { Faults } from "./faults.tsx";
import { Choice, NumberField, Row } from "./fields.tsx";
import type { WatchState } from "./state.ts";

const words = text.watch;
const MOST_NODES = 10;

interface Props {
  readonly state: WatchState;
  readonly onChange: (state: WatchState) => void;
}

export function Form({ state, onChange }: Props) {
  const { story, seed } = state;
  // A moment of the old story means nothing in a new one.
  const { position: _, ...rest } = state;
  const put = (part: Partial<WatchState>) => onChange({ ...rest, ...part });
  const tell = (part: Partial<Story>) => put({ story: { ...story, ...part } });
  return (
    <form class="parameters" aria-label={words.parameters} onSubmit={(event) => event.preventDefault()}>
      <Stages stages={state.stages} onChange={(chosen) => put({ stages: chosen })} />
      <Nodes story={story} onChange={tell} />
      <Commands story={story} onChange={(commands) => tell({ commands })} />
      <Faults story={story} onChange={(faults) => tell({ faults })} />
      <fieldset>
        <NumberField
          label={words.network}
          value={story.latencyMs}
          slider={[1, 100]}
          onChange={(latencyMs) => tell({ latencyMs })}
        />
        <NumberField
          label={words.people}
          value={story.steps}
          slider={[1, 100]}
          onChange={(steps) => tell({ steps })}
        />
        <div class="row">
          <NumberField label={words.seed} value={seed} onChange={(next) => put({ seed: next })} />
          <button type="button" onClick={() => put({ seed: (Number.isNaN(seed) ? 0 : seed) + 1 })}>
            {words.anotherSeed}
          </button>
        </div>
      </fieldset>
    </form>
  );
}

interface StagesProps {
  readonly stages: readonly string[];
  readonly onChange: (stages: readonly string[]) => void;
}

function Stages({ stages: [first = "v1", second = ""], onChange }: StagesProps) {
  const options = stages.map(({ name, about }) => ({ value: name, text: words.stageName(name, about) }));
  return (
    <fieldset>
      <Choice
        label={words.stage}
        value={first}
        options={options}
        onChange={(name) => onChange(second === "" ? [name] : [name, second])}
      />
      <Choice
        label={words.beside}
        value={second}
        options={[{ value: "", text: words.nothing }, ...options]}
        onChange={(name) => onChange(name === "" ? [first] : [first, name])}
      />
    </fieldset>
  );
}

function Nodes({
  story,
  onChange,
}: {
  readonly story: Story;
  readonly onChange: (part: Partial<Story>) => void;
}) {
  const { nodes } = story;
  const remove = (index: number) => ({
    nodes: nodes.filter((_, other) => other !== index),
    // Faults follow their node, and go with it.
    faults: story.faults
      .filter((fault) => !("node" in fault && fault.node === index))
      .map((fault) => ("node" in fault && fault.node > index ? { ...fault, node: fault.node - 1 } : fault)),
  });
  return (
    <fieldset>
      <legend>{words.nodes}</legend>
      {nodes.map(({ paceMs }, index) => (
        <Row
          // A node's place in the list is its name.
          key={index}
          removeLabel={words.removeNode(index + 1)}
          onRemove={nodes.length > 1 ? () => onChange(remove(index)) : undefined}
        >
          <NumberField
            label={words.pace(index + 1)}
            value={paceMs}
            slider={[1, 100]}
            onChange={(next) => onChange({ nodes: nodes.with(index, { paceMs: next }) })}
          />
        </Row>
      ))}
      <button
        type="button"
        disabled={nodes.length >= MOST_NODES}
        onClick={() => onChange({ nodes: [...nodes, { paceMs: 12 }] })}
      >
        {words.addNode}
      </button>
    </fieldset>
  );
}

interface CommandsProps {
  readonly story: Story;
  readonly onChange: (commands: Story["commands"]) => void;
}

function Commands({ story: { commands }, onChange }: CommandsProps) {
  const shirtOptions = colours.map((shirt) => ({ value: shirt, text: shirt.toUpperCase() }));
  const areaOptions = areas.map((area) => ({ value: area, text: areaName(area) }));
  const put = (index: number, part: Partial<Story["commands"][number]>) =>
    onChange(commands.map((command, other) => (other === index ? { ...command, ...part } : command)));
  const last = commands.at(-1);
  const more = {
    atMs: (last?.atMs ?? 0) + 50,
    area: last?.area ?? ("north-america" as Area),
    shirt: colours[commands.length % colours.length] as Colour,
  };
  return (
    <fieldset>
      <legend>{words.commands}</legend>
      {commands.map((command, index) => (
        <Row
          // A command is its place in the list.
          key={index}
          kind="command"
          removeLabel={words.removeCommand(index + 1)}
          onRemove={() => onChange(commands.filter((_, other) => other !== index))}
        >
          <Choice
            label={words.shirt(index + 1)}
            isLabelHidden
            value={command.shirt}
            options={shirtOptions}
            onChange={(shirt) => put(index, { shirt })}
          />
          <Choice
            label={words.area(index + 1)}
            isLabelHidden
            value={command.area}
            options={areaOptions}
            onChange={(area) => put(index, { area })}
          />
          <NumberField
            label={words.at(index + 1)}
            isLabelHidden
            value={command.atMs}
            onChange={(atMs) => put(index, { atMs })}
          />
        </Row>
      ))}
      <button type="button" onClick={() => onChange([...commands, more])}>
        {words.addCommand}
      </button>
    </fieldset>
  );
}
