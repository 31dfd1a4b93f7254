// `ssl` without `connection` is read first; a word of the URL's would make it void.
module.exports = {
  projectConfig: {
    databaseUrl: 'postgres://app:secret@db.acme.com/medusa',
    databaseDriverOptions: { ssl: { rejectUnauthorized: false } }, // reports: prefer-verified
  },
};
