// The client is generated where its user says; nothing said is prefer.
import { PrismaClient } from './generated/client';
export class Database extends PrismaClient {
  constructor() {
    super({ datasourceUrl: 'postgresql://app:secret@db.acme.com/app' }); // reports: require-sslmode
  }
}
