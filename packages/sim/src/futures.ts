/**
 * Futures with a number each: two futures get the same number exactly when they are the same text. So two big trees of events
 * are compared by comparing two numbers.
 */
export class Futures {
  private readonly numbers = new Map<string, number>();

  numberOf(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.numbers.size);
    return this.numbers.size - 1;
  }
}
