/** A program with every end that a program can have. */
import { once } from "node:events";
import { createServer } from "node:net";
import { program, stopSignal, UsageError, wholeNumber } from "../../src/index.ts";

const ends: Record<string, () => unknown> = {
  three: () => 3,
  four: () => {
    process.exitCode = 4;
  },
  busy: () => void setInterval(() => {}, 1000),
  error: () => {
    throw new Error("The first line.\n  The second.");
  },
  "no error": () => {
    throw "only words";
  },
  "an object": () => {
    throw { shirt: "blue", area: { name: "asia" } };
  },
  nothing: () => Promise.reject(undefined),
  "no message": () => {
    throw new RangeError();
  },
  many: () => {
    throw new AggregateError([new Error("nobody at ::1"), new Error("nobody at 127.0.0.1")]);
  },
  known: () => {
    throw new Error("no such table");
  },
  elsewhere: () => {
    setTimeout(() => {
      throw new Error("in a timer");
    });
    return new Promise(() => {});
  },
  unhandled: () => {
    void Promise.reject(new Error("nobody awaits it"));
    return stopSignal();
  },
  much: () => {
    process.stdout.write("x".repeat(1_000_000));
    process.stderr.write("written");
  },
  endless: async () => {
    for (;;) if (!process.stdout.write("hello\n")) await once(process.stdout, "drain");
  },
  listen: async () => {
    const first = createServer().listen(0, "127.0.0.1");
    await once(first, "listening");
    const address = first.address();
    const port = typeof address === "object" ? address?.port : 0;
    await once(createServer().listen(port, "127.0.0.1"), "listening");
  },
  told: async () => {
    const code = stopSignal(true);
    console.log("ready");
    return code;
  },
};

let name = "greet";
await program({
  name: () => name,
  usage: "greet [--times N] NAME\n\n",
  options: { times: { type: "string", default: "1" }, as: { type: "string" } },
  positionals: "words",
  explain: (error) =>
    error instanceof Error && error.message === "no such table"
      ? new UsageError("There is no such table.", { cause: error })
      : error,
  main({ times, as }, [word]) {
    if (as !== undefined) name = as;
    if (word === undefined) throw new UsageError("Greet whom?");
    const end = ends[word];
    if (end) return end() as Promise<number>;
    for (let left = wholeNumber("--times", times, 1, 9); left > 0; left--) console.log(`Hello, ${word}!`);
  },
});
