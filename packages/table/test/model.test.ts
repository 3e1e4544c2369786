/** The table against a model of it: lists of shirts, painted by plain loops. */
import { type Area, type Colour, type Command, colours, type Shirt, type Wardrobe } from "@shirts/story";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Outcome, Table } from "../src/index.ts";
import { kinds, onTable } from "./support/databases.ts";

const population = { "north-america": 23, "south-america": 5 } as const;
const lands = Object.keys(population) as (keyof typeof population)[];

/** `back` picks an older command to paint for: 0 the newest, 1 the one before it. */
type Deed =
  | { type: "command"; area: Area; shirt: Colour }
  | { type: "paint" | "paintFenced"; area: Area; back: number; step: number };

const area = fc.constantFrom(...lands);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ type: fc.constant("command" as const), area, shirt: fc.constantFrom(...colours) }),
  fc.record({
    type: fc.constantFrom("paint" as const, "paintFenced" as const),
    area,
    back: fc.nat(2),
    step: fc.nat(6),
  }),
);

class Model {
  readonly commands: Command[] = [];
  readonly wearing: Shirt[];
  readonly landed = new Set<string>();
  stale = 0;
  refused = 0;

  constructor(people: number) {
    this.wearing = Array.from({ length: people }, () => "white");
  }

  paint({ shirt }: Command, step: number, steps: number): void {
    const from = Math.floor((step * this.wearing.length) / steps);
    const to = Math.floor(((step + 1) * this.wearing.length) / steps);
    for (let person = from; person < to; person++) this.wearing[person] = shirt;
  }

  paintFenced(command: Command, step: number, steps: number): Outcome {
    if (command.revision < this.commands.length) {
      this.refused++;
      return "refused";
    }
    const key = `${command.revision}:${step}`;
    if (this.landed.has(key)) return "landed before";
    this.landed.add(key);
    this.paint(command, step, steps);
    return "painted";
  }

  resume({ revision }: Command): number {
    let step = 0;
    while (this.landed.has(`${revision}:${step}`)) step++;
    return step;
  }

  wardrobe(): Wardrobe {
    const wearing: Partial<Record<Shirt, number>> = {};
    for (const shirt of this.wearing) wearing[shirt] = (wearing[shirt] ?? 0) + 1;
    return wearing;
  }

  verdict(area: Area): object {
    const newest = this.commands.at(-1);
    return {
      area,
      people: this.wearing.length,
      commanded: newest?.shirt,
      revision: newest?.revision ?? 0,
      wearing: this.wardrobe(),
      wrong: newest ? this.wearing.filter((shirt) => shirt !== newest.shirt).length : 0,
      stale: this.stale,
      refused: this.refused,
    };
  }
}

/** Does the deed in both worlds, and compares what each answers. */
async function both(table: Table, model: Model, deed: Deed, steps: number): Promise<void> {
  if (deed.type === "command") {
    const command = await table.command(deed.area, deed.shirt);
    model.commands.push(command);
    expect(command).toMatchObject({ area: deed.area, shirt: deed.shirt, revision: model.commands.length });
    return;
  }
  const command = model.commands.at(-1 - deed.back);
  if (!command || deed.step >= steps) return;
  const stroke = { steps, node: "n1" };
  if (deed.type === "paint") {
    const old = command.revision < model.commands.length;
    expect(await table.paint(command, deed.step, stroke)).toEqual({ stale: old });
    if (old) model.stale++;
    model.paint(command, deed.step, steps);
  } else {
    const outcome = await table.paintFenced(command, deed.step, stroke);
    expect(outcome).toBe(model.paintFenced(command, deed.step, steps));
  }
  expect(await table.resume(command, steps)).toBe(model.resume(command));
}

describe.each(kinds)("the table on $name", (kind) => {
  let table: Table;
  onTable(kind, (opened) => {
    ({ table } = opened);
  });

  it("agrees with a model for any commands, steps and fenced steps", async () => {
    const deeds = fc.array(deed, { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(deeds, fc.integer({ min: 1, max: 7 }), async (deeds, steps) => {
        await table.prepare({ population });
        const models = new Map(lands.map((area) => [area as Area, new Model(population[area])]));
        for (const deed of deeds) {
          const model = models.get(deed.area);
          if (model) await both(table, model, deed, steps);
        }
        expect(await table.verdict()).toEqual([...models].map(([area, model]) => model.verdict(area)));
      }),
      { numRuns: 25 },
    );
  });
});
