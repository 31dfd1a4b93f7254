/** Adds all of a list to another. (One call with all of them as arguments breaks where they are very many.) */
export function append<T>(to: T[], all: Iterable<T>): void {
  for (const each of all) to.push(each);
}
