/** Whether a file of this name is one of Compose's. */
export function isComposeFile(name: string): boolean {
  return /^(?:docker-)?compose[\w.-]*\.ya?ml$/i.test(name);
}
