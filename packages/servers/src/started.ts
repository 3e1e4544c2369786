/**
 * Starts what `start` starts. Resolves to what stops it: the first call does, later ones do nothing. When it does not start, it is
 * stopped, and the error is thrown.
 */
export async function started(
  start: () => Promise<void>,
  end: () => Promise<void>,
): Promise<() => Promise<void>> {
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    await end();
  };
  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
