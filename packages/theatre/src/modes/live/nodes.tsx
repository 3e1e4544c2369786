/** The node processes, and what can be done to each. */
import type { NodeState } from "@shirts/live/messages";
import { text } from "../../text.ts";
import type { LiveModel } from "./model.ts";

const words = text.live;
type NodeAction = "freeze" | "wake" | "kill" | "cut" | "hold" | "release";

export function Nodes({ model }: { readonly model: LiveModel }) {
  return (
    <section class="nodes" aria-labelledby="nodes-title">
      <h3 id="nodes-title">{words.nodes}</h3>
      <ul>
        {model.nodes.value.map((node) => (
          <Node key={node.name} node={node} model={model} />
        ))}
      </ul>
      <button type="button" onClick={() => void model.act({ do: "start" })}>
        {words.more}
      </button>
    </section>
  );
}

function Node({ node, model }: { readonly node: NodeState; readonly model: LiveModel }) {
  const { name, pid, paceMs, state, isHeld } = node;
  return (
    <li class={`node node-${state}`}>
      <p>
        <strong>{name}</strong> {words.states[state]}
        {isHeld && `; ${words.held}`}
        {pid > 0 && <span class="quiet"> {words.process(pid, paceMs)}</span>}
      </p>
      <div class="row">
        {actionsOf(node).map((action) => (
          <button
            key={action}
            type="button"
            title={words.hints[action]}
            aria-label={`${words.actions[action]}: ${name}`}
            onClick={() => void model.act({ do: action, node: name })}
          >
            {words.actions[action]}
          </button>
        ))}
        {state === "ended" && (
          <button
            type="button"
            title={words.hints.again}
            aria-label={`${words.actions.again}: ${name}`}
            onClick={() => void model.act({ do: "start", node: name })}
          >
            {words.actions.again}
          </button>
        )}
      </div>
    </li>
  );
}

/** What can be done to a node as it is. */
export function actionsOf({ state, isHeld }: Pick<NodeState, "state" | "isHeld">): NodeAction[] {
  if (state === "ended") return [];
  if (state === "starting") return ["kill"];
  return [state === "frozen" ? "wake" : "freeze", "kill", "cut", isHeld ? "release" : "hold"];
}
