/** A Markdown document as the checks need it: its fences, headings, links and inline code, with their lines. */
import GithubSlugger from "github-slugger";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { toString as textOf } from "mdast-util-to-string";

interface Found {
  /** Counted from 1. */
  readonly line: number;
}

export interface Fence extends Found {
  readonly language: string;
  /** Marked by four spaces instead of a fence. */
  readonly indented: boolean;
  readonly lines: readonly string[];
}

export interface Outline {
  readonly fences: readonly Fence[];
  readonly headings: readonly (Found & { readonly depth: number; readonly anchor: string })[];
  /** Targets of links and images, also those of HTML tags. */
  readonly links: readonly (Found & { readonly target: string })[];
  readonly inlineCode: readonly (Found & { readonly text: string })[];
}

export function outline(text: string): Outline {
  const source = text.split("\n");
  const slugger = new GithubSlugger();
  const fences: Fence[] = [];
  const headings: Outline["headings"][number][] = [];
  const links: Outline["links"][number][] = [];
  const inlineCode: Outline["inlineCode"][number][] = [];

  const visit = (node: Nodes): void => {
    const line = node.position?.start.line ?? 1;
    if (node.type === "code") {
      const indented = /^(?: {4}|\t)/.test(source[line - 1] ?? "");
      fences.push({ line, language: node.lang ?? "", indented, lines: node.value.split("\n") });
    }
    if (node.type === "heading")
      headings.push({ line, depth: node.depth, anchor: slugger.slug(textOf(node)) });
    if (node.type === "link" || node.type === "image" || node.type === "definition")
      links.push({ line, target: node.url });
    if (node.type === "inlineCode") inlineCode.push({ line, text: node.value });
    if (node.type === "html") {
      for (const [, target = ""] of node.value.matchAll(/\b(?:href|src)="([^"]*)"/g))
        links.push({ line, target });
    }
    if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(fromMarkdown(text));
  return { fences, headings, links, inlineCode };
}
