import type { Mount } from '../site.ts';
import { entryAt, textAt, valueAt, type Node } from './tree/tree.ts';

/**
 * What Compose puts into containers: volumes of folders of the repository, secrets and configs that are files
 * (https://docs.docker.com/reference/compose-file/services/#volumes, #secrets: `/run/secrets/NAME`).
 */
export function mountsIn(root: Node | undefined): readonly Mount[] {
  const services = valueAt(root, 'services');
  if (services?.kind !== 'map') return [];
  const volumes = services.entries.flatMap(({ name: service, value }) => {
    const list = valueAt(value, 'volumes');
    return list?.kind === 'sequence' ? list.items.flatMap(({ value: volume }) => volumeOf(volume).map((mount) => ({ ...mount, service }))) : [];
  });
  const secrets = valueAt(root, 'secrets');
  const files = secrets?.kind !== 'map' ? [] : secrets.entries.flatMap(({ name, value }): readonly Mount[] => {
    const from = textAt(valueAt(value, 'file'));
    return from === undefined ? [] : [{ from, to: `/run/secrets/${name}` }];
  });
  return [...volumes, ...files].filter(({ from, to }) => /^\.{0,2}[^~$/\\]/.test(from) && to.startsWith('/'));
}

/** `./certs:/certs:ro`, or a map with `source` and `target`. A name without a slash is a volume of Docker's own. */
function volumeOf(volume: Node): readonly Mount[] {
  const text = textAt(volume);
  const [from, to] = text === undefined ? [textAt(valueAt(volume, 'source')), textAt(valueAt(volume, 'target'))] : text.split(':');
  const isBind = from?.startsWith('.') === true || (entryAt(volume, 'type') !== undefined && textAt(valueAt(volume, 'type')) === 'bind');
  return from === undefined || to === undefined || !isBind ? [] : [{ from, to }];
}
