// Entities, and objects with a `type` that are somebody else's.
import { Column, Entity } from 'typeorm';
@Entity('connections')
export class Connection {
  @Column({ type: 'enum', enum: ['postgres', 'mysql'] }) type!: string;
}
export const option = { type: 'postgres', host: 'db.acme.com', label: 'PostgreSQL' };
export const fixture = { type: 'postgres', image: 'postgres:16', port: 5432 };
