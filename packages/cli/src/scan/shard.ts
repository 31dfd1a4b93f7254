import { createHash } from 'node:crypto';
import type { Candidate } from './collect.ts';
import { pathFrom } from './targets.ts';

/** One of `count` parts of a scan, from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Whether a file is this shard's. By the hash of its path in its project: the same on every machine, and spread evenly. */
export function isOfShard({ root, path }: Candidate, shard: Shard | null): boolean {
  if (shard === null) return true;
  const hash = createHash('sha256').update(pathFrom(root, path)).digest().readUInt32BE(0);
  return hash % shard.count === shard.index - 1;
}
