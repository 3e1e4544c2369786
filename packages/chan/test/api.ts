/** The reference of the public exports, made of their sources: signature, docstring and members. */

import { type Declaration, MEMBER } from "./docstrings.ts";

/** What it says where a line is longer than a screen: the sources are the place for bodies. */
export function signatureOf(source: string, { name, kind }: Declaration): string {
  const from = source.search(new RegExp(`export (?:async )?${kind} ${name}\\b`));
  const rest = source.slice(from).replace(/^export (?:async )?/, "");
  if (kind === "type") return rest.slice(0, rest.search(/;\n(?:\n|$)/) + 1);
  const end = kind === "function" ? rest.search(/ \{\n/) : rest.indexOf(" {");
  return rest.slice(0, end).replace(/\s+/g, " ").replaceAll("( ", "(").replaceAll(", )", ")");
}

/** The public members of a class or an interface, each with the text above it. */
function membersOf(body: string): string[] {
  const lines = body.split("\n");
  return lines.flatMap((line, i) => {
    const isMember = MEMBER.test(line) || /^ {2}(?:readonly )?\[Symbol\.\w+\]/.test(line);
    if (!isMember || !lines[i - 1]?.endsWith("*/")) return [];
    const from = lines.findLastIndex((above, at) => at < i && above.includes("/**"));
    const doc = lines
      .slice(from, i)
      .join(" ")
      .replace(/\s*\/?\*+\/?\s*/g, " ")
      .trim();
    return [`- \`${line.trim().replace(/ \{$|;$/, "")}\`: ${doc}`];
  });
}

/** The check of the documents asks of every fence where it comes from. */
function fence(ts: string): string {
  return `<!-- sketch: from the docstring -->\n${ts.trim()}\n<!-- end -->`;
}

/** One export as Markdown. */
export function sectionOf(source: string, declaration: Declaration): string {
  const { name, doc, body } = declaration;
  const [text = "", ...examples] = doc.split(/^@example\n/m);
  const parts = [
    `### ${name}`,
    fence(`\`\`\`ts\n${signatureOf(source, declaration)}\n\`\`\``),
    text.trim().replace(/\n(?=\S)/g, " "),
    membersOf(body).join("\n"),
    ...examples.map(fence),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}
