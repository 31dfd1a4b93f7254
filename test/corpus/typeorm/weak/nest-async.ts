// A factory with statements before its one return.
import { TypeOrmModule } from '@nestjs/typeorm';
export const module = TypeOrmModule.forRootAsync({
  inject: [ConfigService],
  useFactory: (config: ConfigService) => {
    const isProduction = config.get('NODE_ENV') === 'production';
    return {
      type: 'postgres',
      host: config.get('DB_HOST'),
      ssl: isProduction ? { rejectUnauthorized: false } : false, // reports: prefer-verified no-plaintext
    };
  },
});
