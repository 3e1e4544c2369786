/** A client of the mail server. */
import type { Verdict } from "../people.ts";

/** Sends one mail. With a key the server takes it once, however often it is sent. */
export async function send(mailUrl: string, text: string, key?: string): Promise<void> {
  const headers = key === undefined ? {} : { "Idempotency-Key": key };
  const response = await fetch(mailUrl, { method: "POST", body: text, headers });
  await response.text();
  if (!response.ok) throw new Error(`the mail server says ${response.status}`);
}

/** All mails that the server has taken, in their order. */
export async function mailsOf(mailUrl: string): Promise<string[]> {
  return (await (await fetch(mailUrl)).json()) as string[];
}

/** Right when the last mail that people got is the one that was commanded last. */
export async function judgeMails(mailUrl: string, commanded: string): Promise<Verdict> {
  const mails = await mailsOf(mailUrl);
  return { right: mails.at(-1) === commanded, line: `mails: ${mails.join(", ")}; ${commanded} is commanded` };
}
