/** A Web Worker that counts every order of a level's story, and tells how far it is. To stop it, terminate it. */
import { explore, type SoFar } from "@shirts/sim";
import { levelOf, scheduled } from "@shirts/sim/scheduler";

export type Counted =
  | ({ readonly type: "so far" | "done" } & SoFar)
  | { readonly type: "failed"; readonly why: string };

const tell = (counted: Counted): void => postMessage(counted);

async function count(id: string): Promise<void> {
  const level = levelOf(id);
  if (!level) throw new Error(`there is no level "${id}"`);
  const onProgress = (soFar: SoFar) => tell({ type: "so far", ...soFar });
  const { ways, wrong, states } = await explore({ ...scheduled(level), onProgress });
  tell({ type: "done", ways, wrong, states });
}

addEventListener("message", ({ data }: MessageEvent<string>) => {
  count(data).catch((error: unknown) => tell({ type: "failed", why: String(error) }));
});
