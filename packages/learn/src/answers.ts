/** Answers to an exercise, for its tests: a judge that takes a wrong one, or refuses a right one, is a bad teacher. */
export interface Answers<M> {
  /** Right answers of other shapes than the solution: at least two. */
  readonly right: Readonly<Record<string, M>>;
  /** Wrong and lazy answers, at least five, and what the judge says to each. */
  readonly wrong: Readonly<Record<string, { readonly answer: M; readonly says: RegExp }>>;
}
