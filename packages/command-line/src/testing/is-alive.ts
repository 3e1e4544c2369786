/** Whether a process of this number is there. One that has ended counts until its parent has collected it. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // No such process.
    return false;
  }
}
