// The document that says which servers were proved: the gate writes it, README shows it, docker-compose.yml pins it.

/** What ran on both pairs of servers: their versions, as `pnpm services` names them. */
export interface Proved {
  readonly older: string;
  readonly newer: string;
}

/** The document; it changes only when a version does. */
export function provedDocument({ older, newer }: Proved): string {
  const row = (name: string, versions: string, what: string) =>
    `| ${[name, versionOf("RabbitMQ", versions), versionOf("PostgreSQL", versions), what].join(" | ")} |`;
  return `# The servers that the gate has proved

\`.ci/run\` writes this when both halves of it are green.

| servers | RabbitMQ | PostgreSQL | what ran on them |
| --- | --- | --- | --- |
${row("older", older, "everything")}
${row("newer", newer, "the broker's contract, the tests of amqp, table, cluster, v4, servers and storm, a storm, and the story")}
`;
}

/** Throws when the text names no such server. */
function versionOf(name: string, versions: string): string {
  const version = new RegExp(`\\b${name} (\\d[\\d.]*\\d)`).exec(versions)?.[1];
  if (version === undefined) throw new Error(`"${versions}" names no ${name}`);
  return version;
}
