/** The document about the contract: which checks passed where, and how the answers of RabbitMQ 3 and 4 differ. */
import type { Law } from "./law.ts";
import { byVersion, type Proved } from "./proved.ts";

export type Groups = Readonly<Record<string, readonly Law[]>>;

export function report(groups: Groups, proved: Proved): string {
  const versions = Object.keys(proved).sort(byVersion);
  const head = ["checks", ...versions.map((version) => `RabbitMQ ${version}`), "embedded broker"];
  const rows = Object.entries(groups).map(([group, laws]) => [
    group,
    ...versions.map((version) => proved[version]?.[group] ?? 0),
    laws.length,
  ]);
  const total = head.slice(1).map((_, column) => rows.reduce((sum, row) => sum + Number(row[column + 1]), 0));
  const differences = [...differencesOf(groups)].map(([differs, checks]) => [differs, checks]);
  return `${[
    "# The broker's contract",
    "The same checks run on the embedded broker and on real RabbitMQs. This says how many passed where.",
    ...[table([head, ...rows, ["**all**", ...total.map((it) => `**${it}**`)]])],
    "Recorded with `pnpm --filter broker contract:record` while `AMQP_URL` named a RabbitMQ, and written with `pnpm --filter broker contract:table`.",
    "## What RabbitMQ 4 does in another way than RabbitMQ 3",
    "The embedded broker does what RabbitMQ 4 does. A check of these knows both answers, and demands the right one of the two. It reads the server's version when it connects.",
    table([["what differs", "checks"], ...differences]),
  ].join("\n\n")}\n`;
}

/** Each sentence that says what differs, with the number of its checks. */
function differencesOf(groups: Groups): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { older } of Object.values(groups).flat()) {
    if (older) counts.set(older.differs, (counts.get(older.differs) ?? 0) + 1);
  }
  return counts;
}

function table(rows: readonly (readonly (string | number)[])[]): string {
  const [head = [], ...body] = rows.map((cells) => `| ${cells.join(" | ")} |`);
  return [head, `| ${(rows[0] ?? []).map(() => "---").join(" | ")} |`, ...body].join("\n");
}
