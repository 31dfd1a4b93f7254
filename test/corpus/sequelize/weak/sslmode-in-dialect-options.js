// Only `ssl` of `dialectOptions` reaches pg.
import { Sequelize } from 'sequelize';
export default new Sequelize({ // reports: require-sslmode
  dialect: 'postgres', host: 'db.acme.com',
  dialectOptions: { sslmode: 'verify-full' },
});
