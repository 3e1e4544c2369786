/** First in, first out, in O(1). It grows by doubling, so a large capacity costs nothing until it is used. */
export class RingBuffer {
  /** Holds `count` values from `first` on, wrapping round. Its length is a power of two. */
  declare private slots: unknown[];
  declare private first: number;
  declare count: number;

  constructor() {
    this.slots = [];
    this.first = 0;
    this.count = 0;
  }

  push(value: unknown): void {
    const size = this.slots.length;
    if (this.count === size) this.grow(size);
    this.slots[(this.first + this.count) & (this.slots.length - 1)] = value;
    this.count++;
  }

  /** Takes the oldest value; there is one. */
  shift(): unknown {
    const { slots, first } = this;
    const value = slots[first];
    slots[first] = undefined;
    this.first = (first + 1) & (slots.length - 1);
    this.count--;
    return value;
  }

  private grow(size: number): void {
    const bigger = new Array<unknown>(size === 0 ? 4 : size * 2).fill(undefined);
    for (let i = 0; i < size; i++) bigger[i] = this.slots[(this.first + i) & (size - 1)];
    this.slots = bigger;
    this.first = 0;
  }
}
