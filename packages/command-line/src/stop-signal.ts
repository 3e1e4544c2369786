const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Resolves when this process is told to end: with the exit code of its first signal, or with 0 when `parentPipe` is set and
 * standard input closes, as it does when the parent dies. Later signals do nothing.
 */
export function stopSignal(parentPipe = false): Promise<number> {
  return new Promise((resolve) => {
    for (const [name, code] of Object.entries(EXIT_CODES)) process.on(name, () => resolve(code));
    const closed = (): void => resolve(0);
    if (parentPipe) process.stdin.on("end", closed).on("error", closed).resume();
  });
}
