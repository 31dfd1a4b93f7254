// A class of one's own named Pool, a function named postgres, an object named knex.
class Pool { constructor(readonly options: { ssl: boolean }) {} }
const postgres = (url: string) => url.length;
const knex = { client: 'postgres', size: 3 };
export const all = [new Pool({ ssl: false }), postgres('https://db.acme.com/postgres'), knex];
