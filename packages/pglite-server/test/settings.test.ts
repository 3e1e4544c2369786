/** The settings of a first packet. */
import { expect, test } from "vitest";
import { startupSettings } from "../src/settings.ts";

test("a first packet's parameters are settings, but for those that say who comes and where it goes", () => {
  const parameters = {
    user: "u",
    database: "d",
    replication: "false",
    "_pq_.x": "1",
    TimeZone: "UTC",
    options: "",
  };
  expect(startupSettings(new Map(Object.entries(parameters)))).toEqual([{ name: "timezone", value: "UTC" }]);
});

test.each([
  ["-c work_mem=8MB", [["work_mem", "8MB"]]],
  [
    "-cwork_mem=8MB --lock-timeout=5",
    [
      ["work_mem", "8MB"],
      ["lock_timeout", "5"],
    ],
  ],
  [
    "-c search_path=a,\\ b -c my.name=x=y\\\\z",
    [
      ["search_path", "a, b"],
      ["my.name", "x=y\\z"],
    ],
  ],
  ["  -c a=  -c", [["a", ""]]],
  ["--single -f x", []],
])("options %s", (options, settings) => {
  expect(startupSettings(new Map([["options", options]]))).toEqual(
    settings.map(([name, value]) => ({ name, value })),
  );
});
