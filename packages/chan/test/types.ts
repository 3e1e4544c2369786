import {
  type Chan,
  type Context,
  chan,
  Group,
  merge,
  nil,
  type RecvChan,
  receiving,
  type SendChan,
  select,
  sending,
  withCancel,
  withTimeout,
} from "../src/index.ts";

/** Compiled, never run. Each `@ts-expect-error` line is a program that must not compile. */
/** @public */
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

/** The same for nil, merge, contexts and Group. */
/** @public */
export async function moreTypes(parent: Context): Promise<void> {
  const none: Chan<number> = nil<number>();
  // @ts-expect-error a nil chan has the type of its values, too
  const words: Chan<string> = nil<number>();
  // @ts-expect-error a nil chan of numbers takes no string
  void none.send("x");

  const both: RecvChan<number> = merge(chan<number>(), chan<number>());
  // @ts-expect-error what merge gives only receives
  void both.send(1);
  // @ts-expect-error a chan that only sends cannot be merged
  merge(chan<number>() as SendChan<number>);

  const [context, cancel] = withTimeout(parent, 1000);
  cancel(new Error("enough"));
  // @ts-expect-error a time limit needs its milliseconds
  withTimeout(parent);
  // @ts-expect-error milliseconds are a number
  withTimeout(parent, "1s");
  // @ts-expect-error a parent is a context, a signal or nothing
  withCancel(42);
  // @ts-expect-error only cancel ends a context
  context.err = new Error("mine");
  // @ts-expect-error done never has a value to send
  void context.done.send();

  const group = new Group({ limit: 2 });
  group.go(async (it) => it.signal.throwIfAborted());
  // @ts-expect-error a group starts functions, not promises
  group.go(Promise.resolve());
  // @ts-expect-error the limit is a number
  new Group({ limit: "2" });
  // @ts-expect-error wait gives no value, it throws the first error
  const sum: number = await group.wait();
  void [words, sum];
}
