/**
 * Topic patterns: words separated by dots. `*` stands for exactly one word, `#` for any number of words, also none.
 *
 * The match walks through pattern and key once. When a word does not fit, it goes back to the last `#` only. That is
 * linear for most patterns, and never worse than words of the pattern times words of the key.
 */
export function matchesTopic(pattern: string, key: string): boolean {
  const patternWords = pattern.split(".");
  // An empty key has no words at all, as in RabbitMQ.
  const keyWords = key === "" ? [] : key.split(".");
  if (pattern === "") return keyWords.length === 0;
  let [p, k, hashAt, retryAt] = [0, 0, -1, 0];
  while (k < keyWords.length) {
    const word = patternWords[p];
    if (word === "#") {
      hashAt = p;
      retryAt = k;
      p += 1;
    } else if (word !== undefined && (word === "*" || word === keyWords[k])) {
      p += 1;
      k += 1;
    } else if (hashAt >= 0) {
      // Let the last `#` swallow one word more.
      p = hashAt + 1;
      retryAt += 1;
      k = retryAt;
    } else {
      return false;
    }
  }
  while (patternWords[p] === "#") p += 1;
  return p === patternWords.length;
}
