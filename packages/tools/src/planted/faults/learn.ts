import type { FaultyFile } from "../fault.ts";

/** `npm run learn`: the judge's process, the reader's files, and the screen. */
export const learn: readonly FaultyFile[] = [
  {
    file: "learn/src/judge/judge-file.ts",
    tests: ["learn/test/judge-file.test.ts"],
    faults: [
      {
        fault: "a judge that ended without a word counts as a law that is kept",
        find: "verdict ??= isLate ? tooLong(seconds, lineIn(file, errors)) : silent(lineIn(file, errors));",
        put: 'verdict ??= "kept";',
      },
      {
        fault: "a loop that was ended has no line",
        find: "tooLong(seconds, lineIn(file, errors))",
        put: "tooLong(seconds, undefined)",
      },
      {
        fault: "what the reader's program printed is not told",
        find: "lines.push(message.text)",
        put: "void message.text",
      },
      {
        fault: "a judgement that was stopped is told as one",
        find: "if (stop?.aborted) return undefined;",
        put: "",
      },
    ],
  },
  {
    file: "learn/src/judge/child.ts",
    tests: ["learn/test/judge-file.test.ts"],
    faults: [
      {
        fault: "what a routine throws that nobody waits for is no complaint",
        find: 'process.on("uncaughtException", (error) => void end(complaintOf(error, suspect())));',
        put: "",
      },
      {
        fault: "a program that throws is not judged, and its end is not told",
        find: "by = complaintOf(error, suspect());",
        put: "",
      },
      {
        fault: "console.log is lost",
        find: "console.log = (...values: unknown[]) => print(format(...values));",
        put: "",
      },
    ],
  },
  {
    file: "learn/src/judge/complaint.ts",
    tests: ["learn/test/judge-file.test.ts"],
    faults: [
      {
        fault: "a syntax error has no line",
        find: "line: own ? Number(line) : undefined",
        put: "line: undefined",
      },
      {
        fault: "a deadlock names the first routine only",
        find: '[...new Set(parts)].join(", ")',
        put: "parts[0]",
      },
      {
        fault: "a function that the file does not export is a TypeError of the judge",
        find: "syntax(error, file) ?? missing(error, module) ??",
        put: "syntax(error, file) ??",
      },
      {
        fault: "the reader sees paths of the judge",
        find: '.replace(/ imported from .*$/, "")',
        put: "",
      },
    ],
  },
  {
    file: "learn/src/judge/guard.cjs",
    tests: ["learn/test/end-process.test.ts"],
    faults: [
      {
        fault: "a judge outlives the program that was killed",
        find: "if (process.ppid !== workerData.parent)",
        put: "if (false)",
      },
    ],
  },
  {
    file: "learn/src/files/mine.ts",
    tests: ["learn/test/check-process.test.ts", "learn/test/learn.test.ts"],
    faults: [
      {
        fault: "a reader's file is written anew each time",
        find: "if (existsSync(file)) return false;",
        put: "",
      },
      {
        fault: "a reset keeps no copy",
        find: "existsSync(file) ? this.#copy(file) : undefined",
        put: "undefined",
      },
    ],
  },
  {
    file: "command-line/src/write-whole.ts",
    tests: ["command-line/test/write-whole.test.ts"],
    faults: [
      {
        fault: "a reader's file is written in place",
        find: "renameSync(part, file);",
        put: "writeFileSync(file, text);",
      },
    ],
  },
  {
    file: "learn/src/files/progress.ts",
    tests: ["learn/test/check-process.test.ts"],
    faults: [
      {
        fault: "a progress file that cannot be read is not kept",
        find: "renameSync(this.#file, aside);",
        put: "",
      },
    ],
  },
  {
    file: "learn/src/check.ts",
    tests: ["learn/test/check-process.test.ts"],
    faults: [
      {
        fault: "a broken law ends with exit code 0",
        find: "return kept === entries.length ? 0 : 1;",
        put: "return 0;",
      },
    ],
  },
  {
    file: "learn/src/app/learn.ts",
    tests: ["learn/test/learn.test.ts"],
    faults: [
      {
        fault: "a save is not judged",
        find: 'case "saved": this.#judge();',
        put: 'case "saved":',
      },
      {
        fault: "a reset does not ask",
        find: "if (await isYes(screen, question)) this.#replace();",
        put: "this.#replace();",
      },
      {
        fault: "an exercise counts as done although its law is broken",
        find: "if (!judged.complaint) this.#setting",
        put: "this.#setting",
      },
      {
        fault: "a save in the middle of a judgement is not judged",
        find: "this.#running?.abort(); const mine",
        put: "if (this.#running) return; const mine",
      },
    ],
  },
  {
    file: "learn/src/text.ts",
    tests: ["learn/test/text.test.ts"],
    faults: [
      {
        fault: "a long output fills the screen",
        find: "const shown = lines.slice(0, most)",
        put: "const shown = lines",
      },
    ],
  },
  {
    file: "learn/src/scheduler/scheduler.ts",
    tests: ["learn/test/answers.test.ts"],
    faults: [
      {
        fault: "a story in which nobody wins counts as won",
        find: 'if (position.result === "purple") return undefined;',
        put: 'if (position.result !== "blue") return undefined;',
      },
    ],
  },
  {
    file: "learn/src/scheduler/unwinnable.ts",
    tests: ["learn/test/answers.test.ts"],
    faults: [
      {
        fault: "any large number counts as a count of all orders",
        find: "if (orders === COUNTED)",
        put: "if (orders >= COUNTED)",
      },
    ],
  },
];
