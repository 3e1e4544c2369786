import { chan, type RecvChan, receiving, type SendChan, select, sending } from "../src/index.ts";

/** Compiled, never run. Each `@ts-expect-error` line is a program that must not compile. */
export async function types(flag: boolean): Promise<void> {
  const c = chan<number>();
  const words = chan<string>(1);
  const out: SendChan<number> = c;
  const source: RecvChan<number> = c;
  // @ts-expect-error a chan that only sends cannot receive
  await out.recv();
  // @ts-expect-error a chan that only receives cannot send
  await source.send(1);
  // @ts-expect-error a chan of numbers takes no string
  await c.send("x");
  // @ts-expect-error the type of the values is not free
  const wrong: SendChan<string> = out;

  const [v, ok] = await c.recv();
  // @ts-expect-error v may be undefined until ok is checked
  v.toFixed();
  if (ok) v.toFixed();

  const it = await select({
    n: receiving(c),
    w: receiving(words),
    out: sending(c, 1),
    off: flag && receiving(c),
  });
  switch (it.case) {
    case "n":
      // @ts-expect-error value may be undefined until ok is checked
      it.value.toFixed();
      if (it.ok) it.value.toFixed();
      break;
    case "w":
      if (it.ok) it.value.toUpperCase();
      break;
    case "out":
      // @ts-expect-error a send gives no value
      void it.value;
      break;
    case "off":
      if (it.ok) it.value.toFixed();
      break;
    // @ts-expect-error no such case
    case "nmae":
      break;
    default: {
      const never: never = it;
      void never;
    }
  }
  void wrong;
}
