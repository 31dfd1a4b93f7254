// A class that makes the options; the shape tells.
import type { TypeOrmModuleOptions, TypeOrmOptionsFactory } from '@nestjs/typeorm';
export class TypeOrmConfigService implements TypeOrmOptionsFactory {
  createTypeOrmOptions(): TypeOrmModuleOptions {
    return {
      type: process.env.DATABASE_TYPE as 'postgres',
      host: process.env.DATABASE_HOST,
      synchronize: false,
      extra: {
        max: 100,
        ssl: { rejectUnauthorized: false, ca: process.env.DATABASE_CA }, // reports: prefer-verified
      },
    } as TypeOrmModuleOptions;
  }
}
