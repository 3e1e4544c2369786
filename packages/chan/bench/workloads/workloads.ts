/** Reads the used heap after a full garbage collection, in bytes. */
export type HeapBytes = () => number;

/** Each takes how many operations to do. The memory workloads return a number: bytes per routine or per operation. */
export type Workloads = Record<string, (n: number, heapBytes: HeapBytes) => Promise<unknown>>;

export function check(isRight: boolean): void {
  if (!isRight) throw new Error("wrong result");
}
