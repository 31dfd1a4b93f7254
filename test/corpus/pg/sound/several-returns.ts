// What a call gives decides which `return` is taken.
import { Pool } from 'pg';
function tls(mode: 'off' | 'on'): boolean {
  if (mode === 'off') return false;
  return true;
}
export const pool = new Pool({ host: 'db.acme.com', ssl: tls('on') });
export const local = new Pool({ host: 'localhost', ssl: tls('off') });

export class Database {
  private ssl = false;
  enable(): void {
    this.ssl = true;
  }
  open(): Pool {
    return new Pool({ host: 'db.acme.com', ssl: this.ssl });
  }
}
