import { deflateRawSync } from "node:zlib";
import { runSeed, SHAPE, type Story, stageOf } from "@shirts/sim";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sumOf, toText } from "../../src/link/bytes.ts";
import { decode, decodeAs, encode, type Value } from "../../src/link/link.ts";
import { SETTING } from "../../src/modes/chance/setting.ts";
import { text } from "../../src/text.ts";

const story: Story = {
  steps: 8,
  latencyMs: 3,
  nodes: [{ paceMs: 20 }, { paceMs: 5 }],
  commands: [
    { atMs: 0, area: "north-america", shirt: "purple" },
    { atMs: 50, area: "north-america", shirt: "blue" },
  ],
  faults: [{ kind: "pause", node: 0, atMs: 10, forMs: 60 }],
  delays: { "cancel n2!1→n1": 2 },
};
const watch: Value<"watch"> = { stage: "v3", beside: "v4", story, seed: 4711, moment: 17 };

/** A text as `encode` would write it, of any bytes: the sum is right, so it is what a forger would send. */
function forge(packed: Uint8Array, version = "1"): string {
  const bytes = new Uint8Array(4 + packed.length);
  new DataView(bytes.buffer).setUint32(0, sumOf(packed));
  bytes.set(packed, 4);
  return `${version}.${toText(bytes)}`;
}

const forgeJson = (value: unknown) => forge(deflateRawSync(JSON.stringify(value)));

async function lineOf(link: string): Promise<string> {
  const decoded = await decode(link);
  return decoded.ok ? `opens: ${JSON.stringify(decoded.value)}` : decoded.why;
}

describe("a link", () => {
  test("opens as what it was made of, for every story that a seed gives", async () => {
    const kinds = ["crash", "duplicate", "broker-restart", "forged", "president-death", "prepare"] as const;
    const shape = { ...SHAPE, nodes: [1, 10], commands: [1, 5], faults: [0, 4], kinds } as const;
    const lengths: number[] = [];
    for (let seed = 1; seed <= 200; seed++) {
      const { story, outcome } = await runSeed(stageOf("v2"), shape, seed);
      const withDelays = seed % 20 === 0 ? { ...story, delays: outcome.delays } : story;
      const value = { stage: "v2", story: withDelays, seed, moment: seed };
      const link = await encode("watch", value);
      if (seed % 20 !== 0) lengths.push(link.length);
      expect(await decode(link)).toEqual({ ok: true, kind: "watch", value });
    }
    // Short enough to send. How short is for the README; this only notices that it is no longer squeezed.
    expect(Math.max(...lengths)).toBeLessThan(400);
  });

  test("of a schedule and of a chance opens, too", async () => {
    const schedule = { level: "v2-freeze", moves: [0, 3, "n1 hears the cancel"] };
    expect(await decode(await encode("schedule", schedule))).toMatchObject({ ok: true, value: schedule });
    const chance = { axis: "ratio", mark: 12, setting: SETTING } as const;
    expect(await decode(await encode("chance", chance))).toMatchObject({ ok: true, value: chance });
  });

  /**
   * Links that people may have sent. They stay as they are: whoever changes how a link is packed, or what it holds, gives it
   * a new version, and keeps a reader for this one or the line that says why it does not open.
   */
  test.each([
    [
      "watch",
      watch,
      "1.Gro_xItWKk8sSc5Q0qkWMlbSETFR0hFktNBhMtZhNjJgMa2N1WE14OFX4jY14BEQY2MvSCwtTlXiMuAwNOA0M6iN1eFTEs8zUjSUMlSyMqqt1RE2MTc01BE1NK-NBQA",
    ],
    [
      "schedule",
      { level: "v2-freeze", moves: ["command 0", "pause n1"] },
      "1.2o7TswXBMQ6AIBAEwK-Qrc9ELfkKoSCwxuIA4wUKjX93JsDyyTKUkBfKSYXH3JfjJh9CUPukwQfkXmtqxa0QXGkYXdsQv_gD",
    ],
    [
      "chance",
      { axis: "ratio", mark: 12, setting: { ...SETTING, gapMs: 15 } },
      "1.At36xC3MMQqAMAwFUPAof87QCi65gycQh1CDFrUttoNQendRHN_yJrhNglNQhdw-g3FJ8RGEU64dbHtC1lJ8WMEVIS6awT0haUyHgq0hrJLGDLYDdS-TOP1s6N94MK3NDw",
    ],
  ] as const)("of the first version opens for ever: %s", async (kind, value, link) => {
    expect(await decode(link)).toEqual({ ok: true, kind, value });
  });

  test("of another mode says so", async () => {
    const link = await encode("watch", watch);
    expect(await decodeAs("watch", link)).toMatchObject({ ok: true });
    expect(await decodeAs("chance", link)).toEqual({ ok: false, why: text.link.otherKind("watch") });
  });

  test("is made for no value that would not open again", async () => {
    await expect(encode("watch", { ...watch, seed: -1 })).rejects.toThrow(
      /^There is no link for this: seed: /,
    );
    const deaf = { ...watch, story: { ...story, nodes: [] } };
    await expect(encode("watch", deaf)).rejects.toThrow("story: a story needs a node");
  });
});

describe("a link that is damaged gives one line", () => {
  test("cut at any place", async () => {
    const link = await encode("watch", watch);
    for (let length = 0; length < link.length; length++)
      expect([text.link.cut, text.link.noLink]).toContain(await lineOf(link.slice(0, length)));
  });

  test("1,000 random slips of it", async () => {
    const link = await encode("watch", watch);
    const slip = fc.record({
      at: fc.nat(link.length - 1),
      length: fc.integer({ min: 0, max: 6 }),
      put: fc.string({ maxLength: 6, unit: fc.constantFrom(..."abcXYZ019-_.=%/# \u0000é") }),
    });
    await fc.assert(
      fc.asyncProperty(slip, async ({ at, length, put }) => {
        const slipped = link.slice(0, at) + put + link.slice(at + length);
        fc.pre(slipped !== link);
        expect(await lineOf(slipped)).toMatch(/^This link does not open: .*[.]$/);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  test("any text at all", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.base64String().map((rest) => `1.${rest}`),
        ),
        async (link) => {
          expect(await lineOf(link)).toMatch(/^This link does not open: .*[.]$/);
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });

  test("of an older or a newer version says which", async () => {
    const rest = (await encode("watch", watch)).slice(1);
    expect(await lineOf(`0${rest}`)).toBe(text.link.older("0"));
    expect(await lineOf(`2${rest}`)).toBe(text.link.newer("2"));
    expect(await lineOf(`01${rest}`)).toBe(text.link.older("01"));
  });
});

describe("a link that is forged, with a right sum, gives one line", () => {
  test("bytes that unpack to nothing, to too little and to no text", async () => {
    expect(await lineOf(forge(Uint8Array.of(255, 255, 255)))).toBe(text.link.cut);
    expect(await lineOf(forge(deflateRawSync(JSON.stringify(["watch", watch])).subarray(0, 40)))).toBe(
      text.link.cut,
    );
    expect(await lineOf(forge(deflateRawSync(Uint8Array.of(0xc3, 0x28))))).toBe(text.link.cut);
    expect(await lineOf(forge(deflateRawSync("[")))).toBe(text.link.cut);
  });

  test("a bomb: a short text that unpacks to 14 million letters", async () => {
    const bomb = forge(deflateRawSync(new Uint8Array(14_000_000).fill(32), { level: 9 }));
    expect(bomb.length).toBeLessThan(20_000);
    expect(await lineOf(bomb)).toBe(text.link.tooLarge);
    expect(await lineOf(`1.${"A".repeat(30_000)}`)).toBe(text.link.tooLong);
  });

  test.each([
    ["no kind", "watch", "it holds no kind"],
    ["an unknown kind", ["toString", {}], "it is of no kind that this page has"],
    ["a stage that is none", ["watch", { ...watch, stage: "<img src=x>" }], "stage: "],
    ["a field too many", ["watch", { ...watch, token: 1 }], "token"],
    [
      "an impossible story",
      ["watch", { ...watch, story: { ...story, steps: 5000 } }],
      "steps must be a whole number",
    ],
    [
      "a fault of a node that is not there",
      fault({ kind: "crash", node: 9, atMs: 1, forMs: 1 }),
      "names node n10",
    ],
    ["a fault without its node", fault({ kind: "crash", atMs: 1, forMs: 1 }), "story.faults.0.node: "],
    [
      "eleven nodes",
      ["watch", { ...watch, story: { ...story, nodes: Array(11).fill({ paceMs: 1 }) } }],
      "story.nodes: ",
    ],
    ["text that is very long", ["schedule", { level: "x".repeat(9000), moves: [] }], "level: "],
  ])("%s", async (_, content, line) => {
    const why = await lineOf(forgeJson(content));
    expect(why).toMatch(/^This link does not open: [^\n]{1,200}[.]$/);
    expect(why).toContain(line);
  });

  test("planted: without its sum, a slip would open as another story", async () => {
    const packed = deflateRawSync(JSON.stringify(["chance", { axis: "gap", mark: 12, setting: SETTING }]), {
      level: 0,
    });
    const at = packed.indexOf(":12,") + 1;
    packed[at] = "2".charCodeAt(0);
    expect(await lineOf(forge(packed))).toContain('"mark":22');
  });
});

function fault(one: unknown): unknown {
  return ["watch", { ...watch, story: { ...story, faults: [one] } }];
}
