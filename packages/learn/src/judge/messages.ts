/** What the judge's process tells the program that started it. */
import type { Complaint } from "./complaint.ts";

export type Message =
  /** All is loaded but the reader's file: from now on the clock runs. */
  | { readonly type: "ready" }
  /** The reader's program has printed a line. */
  | { readonly type: "line"; readonly text: string }
  /** The reader's program has ended, by this if not by itself; now the judge begins. */
  | { readonly type: "ended"; readonly by?: Complaint | undefined }
  /** No complaint: the law is kept. */
  | { readonly type: "judged"; readonly complaint?: Complaint | undefined };
