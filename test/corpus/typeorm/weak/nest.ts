// Nest's module.
import { TypeOrmModule } from '@nestjs/typeorm';
export const imports = [TypeOrmModule.forRoot({ type: 'postgres', url: 'postgres://app@db.acme.com/app?sslmode=disable', autoLoadEntities: true })]; // reports: no-plaintext
