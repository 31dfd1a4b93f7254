// Pools of one's own: one that is sound, one that hands on what it is given, one of another's.
import { Pool, type PoolConfig } from 'pg';
import { Pool as Workers } from './workers';
export class AppPool extends Pool {
  constructor() {
    super({ host: 'db.acme.com', ssl: { rejectUnauthorized: true } });
  }
}
export class Passing extends Pool {
  constructor(config: PoolConfig) {
    super(config);
  }
}
export class Threads extends Workers {
  constructor() {
    super({ host: 'db.acme.com', ssl: { rejectUnauthorized: false } });
  }
}
