// Nest's module takes the same options, from a factory too.
import { SequelizeModule } from '@nestjs/sequelize';
export const imports = [
  SequelizeModule.forRootAsync({
    useFactory: (config) => ({
      dialect: 'postgres',
      host: config.get('DB_HOST'),
      dialectOptions: { ssl: { rejectUnauthorized: false } }, // reports: prefer-verified
    }),
  }),
];
