/**
 * What kind of error a bug of ours threw, and where: for a message. Its own message is left out, which stands in the
 * stack as well: it may quote what was being read.
 */
export function bugOf(error: unknown): string {
  if (!(error instanceof Error)) return 'an unknown error';
  const { name, message, stack = '' } = error;
  const at = stack.indexOf(message);
  const frame = at < 0 ? undefined : /^\s*at (?:async )?([\w$.#<>]+) /m.exec(stack.slice(at + message.length))?.[1];
  return frame === undefined ? name : `${name} in ${frame}`;
}
