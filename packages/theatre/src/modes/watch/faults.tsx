/** The faults of the story: which, whom, when and for how long. */
import { type Fault, type FaultKind, faultKinds, isOfCommand, makeFault, type Story } from "@shirts/sim";
import { text } from "../../text.ts";
import { Choice, NumberField, Row } from "./fields.tsx";

const words = text.watch;

interface Props {
  readonly story: Story;
  readonly onChange: (faults: readonly Fault[]) => void;
}

export function Faults({ story, onChange }: Props) {
  const { faults } = story;
  const put = (index: number, fault: Fault) => onChange(faults.with(index, fault));
  return (
    <fieldset>
      <legend>{words.faults}</legend>
      {faults.length === 0 && <p class="quiet">{words.noFaults}</p>}
      {faults.map((fault, index) => (
        <Row
          // A fault is its place in the list.
          key={index}
          kind="fault"
          removeLabel={words.removeFault(index + 1)}
          onRemove={() => onChange(faults.filter((_, other) => other !== index))}
        >
          <OneFault fault={fault} index={index} story={story} onChange={(next) => put(index, next)} />
        </Row>
      ))}
      <button type="button" onClick={() => onChange([...faults, faultOf("pause", story)])}>
        {words.addFault}
      </button>
    </fieldset>
  );
}

interface OneProps extends Omit<Props, "onChange"> {
  readonly fault: Fault;
  readonly index: number;
  readonly onChange: (fault: Fault) => void;
}

function OneFault({ fault, index, story, onChange }: OneProps) {
  const n = index + 1;
  return (
    <>
      {"node" in fault && (
        <Choice
          label={words.faultNode(n)}
          isLabelHidden
          value={String(fault.node)}
          options={story.nodes.map((_, node) => ({ value: String(node), text: words.node(node + 1) }))}
          onChange={(node) => onChange({ ...fault, node: Number(node) })}
        />
      )}
      {"command" in fault && (
        <Choice
          label={words.faultNode(n)}
          isLabelHidden
          value={String(fault.command)}
          options={story.commands.map((_, command) => ({
            value: String(command),
            text: words.command(command + 1),
          }))}
          onChange={(command) => onChange({ ...fault, command: Number(command) })}
        />
      )}
      <Choice
        kind="kind"
        label={words.faultKind(n)}
        isLabelHidden
        value={fault.kind}
        options={faultKinds.map((kind) => ({ value: kind, text: words.faultNames[kind] }))}
        onChange={(kind) => onChange(faultOf(kind, story, fault))}
      />
      <span class="times">
        <NumberField
          label={words.atMs}
          value={fault.atMs}
          onChange={(atMs) => onChange({ ...fault, atMs })}
        />
        {"forMs" in fault && (
          <NumberField
            label={words.forMs}
            value={fault.forMs}
            onChange={(forMs) => onChange({ ...fault, forMs })}
          />
        )}
      </span>
    </>
  );
}

/** A fault of this kind, as much like the one before as it can be. */
export function faultOf(kind: FaultKind, story: Story, before?: Fault): Fault {
  const atMs = before?.atMs ?? story.commands.at(-1)?.atMs ?? 0;
  const forMs = before && "forMs" in before ? before.forMs : 100;
  const node = before && "node" in before ? before.node : 0;
  const command = before && "command" in before ? before.command : 0;
  const earliest = isOfCommand(kind) ? (story.commands[command]?.atMs ?? 0) : 0;
  return makeFault(kind, { node, command, atMs: Math.max(atMs, earliest), forMs });
}
