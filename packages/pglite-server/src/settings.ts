/** The settings that a client gives its session: by statements, and with its first packet. Pure. */

export interface Setting {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
}

/** What a statement sets, as far as its words say. A value that it computes is empty. */
export function settingsOf(words: readonly string[]): Setting[] {
  const called = words.flatMap((word, at) => {
    const [bracket, name = "", comma, value = ""] = words.slice(at + 1, at + 5);
    if (word !== "set_config" || bracket !== "(" || comma !== "," || !name.startsWith("'")) return [];
    return [{ name: name.slice(1).toLowerCase(), value: value.startsWith("'") ? value.slice(1) : "" }];
  });
  return words[0] === "set" ? [...called, ...setBy(words)] : called;
}

/** SET [SESSION | LOCAL] name {TO | =} value, and the forms that SQL has for some names. */
function setBy(words: readonly string[]): Setting[] {
  const rest = words.slice(/^(session|local)$/.test(words[1] ?? "") ? 2 : 1);
  const [first = ""] = rest;
  if (first === "authorization") return [{ name: "session_authorization", value: "" }];
  if (first === "names") return [{ name: "client_encoding", value: plain(rest[1]) }];
  // A name may have parts: my.name
  const end = rest.findIndex((word) => word === "=" || word === "to");
  return end === -1 ? [] : [{ name: rest.slice(0, end).join(""), value: plain(rest[end + 1]) }];
}

function plain(word = ""): string {
  return word.startsWith("'") ? word.slice(1) : word;
}

/** What only says who the client is and where it wants to go. */
const NOT_SETTINGS = /^(user|database|replication|options|_pq_\..*)$/;

/** The settings of a first packet: by name, and those in `options` as PostgreSQL's programs write them (`-c name=value`). */
export function startupSettings(parameters: ReadonlyMap<string, string>): Setting[] {
  const given = [...parameters].filter(([name]) => !NOT_SETTINGS.test(name));
  return [...optionsOf(parameters.get("options") ?? ""), ...given].map(([name, value]) => ({
    name: name.toLowerCase(),
    value,
  }));
}

/** Blanks part the words; a backslash takes the next character as it is. */
function optionsOf(text: string): [string, string][] {
  const words = [...text.matchAll(/(?:\\.|[^\s\\])+/gs)].map(([word]) => word.replace(/\\(.)/gs, "$1"));
  return words.flatMap((word, at): [string, string][] => {
    const said = word === "-c" ? words[at + 1] : /^(?:-c|--)(.+)$/s.exec(word)?.[1];
    const [, name = "", value = ""] = /^([^=]+)=(.*)$/s.exec(said ?? "") ?? [];
    return name === "" ? [] : [[name.replaceAll("-", "_"), value]];
  });
}
