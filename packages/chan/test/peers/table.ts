/** The table of laws and libraries. A library that is not here keeps the column that was recorded. */
import { type Answer, ask, laws } from "./laws.ts";
import type { Peer } from "./peer.ts";

const SIGNS: Readonly<Record<Answer, string>> = { holds: "✓", "does not": "✗", "has none": "–" };
const SIGN = /^[✓✗–]$/;

export interface Column {
  readonly name: string;
  /** Not there: it cannot be asked on this machine. */
  readonly peer?: Peer | undefined;
}

/** Reads a table of Markdown: the sign at a law and a name. */
function signsOf(table: string): (law: string, name: string) => string | undefined {
  const [names = [], , ...rows] = table
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  return (law, name) => rows.find((row) => row[1] === law)?.[names.indexOf(name)];
}

/** Asks what can be asked, and takes the rest from the recorded table. Throws when that has no answer. */
export async function tableOf(columns: readonly Column[], recorded: string): Promise<string> {
  const recordedSign = signsOf(recorded);
  const rows = [
    ["", ...columns.map(({ name }) => name)],
    ["---", ...columns.map(() => "---")],
  ];
  for (const law of Object.keys(laws)) {
    const signs: string[] = [];
    for (const { name, peer } of columns) {
      const sign = peer ? SIGNS[await ask(peer, law)] : (recordedSign(law, name) ?? "");
      if (!SIGN.test(sign))
        throw new Error(
          `no answer of ${name} to "${law}" is recorded: set MORE_PEERS to a folder that has it`,
        );
      signs.push(sign);
    }
    rows.push([law, ...signs]);
  }
  return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}
