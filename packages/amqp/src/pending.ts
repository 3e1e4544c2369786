/**
 * Pending: the letters that are neither confirmed nor given up, the oldest first.
 *
 * A list whose links are in the letters: a Map keyed by message id costs as much as all the rest of our bookkeeping.
 */
import type { Letter } from "./letter.ts";

export class Pending {
  /** How many there are. */
  size = 0;
  /** How many bytes their bodies have together. */
  bytes = 0;
  #oldest: Letter | undefined;
  #newest: Letter | undefined;

  get oldest(): Letter | undefined {
    return this.#oldest;
  }

  add(letter: Letter): void {
    letter.isPending = true;
    letter.older = this.#newest;
    if (this.#newest === undefined) this.#oldest = letter;
    else this.#newest.newer = letter;
    this.#newest = letter;
    this.size++;
    this.bytes += letter.body.length;
  }

  /** False when it was removed before. */
  remove(letter: Letter): boolean {
    if (!letter.isPending) return false;
    const { older, newer } = letter;
    if (older === undefined) this.#oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
    letter.isPending = false;
    letter.older = undefined;
    letter.newer = undefined;
    this.size--;
    this.bytes -= letter.body.length;
    return true;
  }

  /** Looks from the oldest on: what the broker returns is among those that it confirms next. */
  find(id: string): Letter | undefined {
    let letter = this.#oldest;
    while (letter !== undefined && letter.id !== id) letter = letter.newer;
    return letter;
  }

  /** All of them, as they are now. */
  list(): Letter[] {
    const list = [];
    for (let letter = this.#oldest; letter !== undefined; letter = letter.newer) list.push(letter);
    return list;
  }
}
