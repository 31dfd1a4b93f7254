import { describe, expect, it } from 'vitest';
import { CANARY, run, tree } from '../support.ts';

interface Found {
  readonly findings: readonly { readonly rule: string; readonly file: string; readonly line: number; readonly message: string }[];
}

/** What is said of connections and their servers together: `file:line first words`. */
async function ends(files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<string[]> {
  const { stdout } = await run(tree({ '.git/HEAD': '', ...files }), ['scan', '.', '--format', 'json', '--confidence', 'low', ...args]);
  expect(stdout).not.toContain(CANARY);
  return (JSON.parse(stdout) as Found).findings.filter(({ rule }) => rule === 'no-conflicting-settings').map(({ file, line, message }) => `${file}:${line} ${message}`);
}

const url = (query: string, host = 'db'): string => `DATABASE_URL=postgres://app:${CANARY}@${host}/app${query}\n`;
const compose = (db: string, api = ''): string => `services:\n  db:\n    image: postgres:17\n${db}  api:\n    build: api\n${api}`;
const OFF = '    command: postgres -c ssl=off\n';
const ON = '    command: postgres -c ssl=on\n';
const PG = { 'package.json': '{ "dependencies": { "pg": "8.16.0" } }' };

describe('both ends of a connection', () => {
  it('TLS that the server has not: the connection fails', async () => {
    const [message, ...others] = await ends({ ...PG, 'compose.yaml': compose(OFF), 'api/.env': url('?sslmode=verify-full') });
    expect(message).toBe('api/.env:1 This connection fails: node-postgres 8 insists on TLS, and PostgreSQL (compose.yaml:4) offers none, for `ssl` is `off`. Turn TLS on there, or leave it out here if nobody else is on the way.');
    expect(others).toEqual([]);
  });

  it('in the same file', async () => {
    const api = `    environment:\n      DATABASE_URL: postgres://app:${CANARY}@db/app?sslmode=require\n`;
    expect(await ends({ 'compose.yaml': compose(OFF, api) })).toEqual([expect.stringMatching(/^compose\.yaml:8 This connection fails: libpq 18 insists on TLS, and PostgreSQL \(compose\.yaml:4\) offers none/)]);
  });

  it('less than the server offers, where the policy asks for nothing', async () => {
    expect(await ends({ ...PG, 'compose.yaml': compose(ON), '.env': url('') })).toEqual([expect.stringMatching(/^\.env:1 This connection protects less than its server does: node-postgres 8 may go without TLS, and PostgreSQL \(compose\.yaml:4\) says that it offers TLS\. Add `sslmode=verify-full/)]);
    expect(await ends({ ...PG, 'compose.yaml': compose(ON), '.env': url('?sslmode=verify-full') })).toEqual([]);
  });

  it('plaintext to a server that insists on TLS, by files that it is given', async () => {
    const files = { 'compose.yaml': compose('    volumes:\n      - ./db/pg_hba.conf:/etc/pg_hba.conf\n      - ./db/postgresql.conf:/etc/postgresql.conf\n'), 'db/postgresql.conf': 'ssl = on\n' };
    const insisting = { ...files, 'db/pg_hba.conf': 'local all all peer\nhostssl all all all scram-sha-256\n' };
    expect(await ends({ ...PG, ...insisting, '.env': url('?sslmode=disable') })).toEqual([expect.stringMatching(/^\.env:1 This connection fails: node-postgres 8 uses no TLS, and PostgreSQL \(db\/pg_hba\.conf:2\) says that it lets in nobody without TLS\./)]);
    expect(await ends({ ...PG, ...files, 'db/pg_hba.conf': 'hostssl app all all scram-sha-256\nhost all all 10.0.0.0/8 scram-sha-256\n', '.env': url('?sslmode=verify-full') })).toEqual([]);
  });

  it('PgBouncer', async () => {
    const pooled = 'services:\n  pool:\n    image: bitnami/pgbouncer\n    environment:\n      PGBOUNCER_CLIENT_TLS_SSLMODE: require\n';
    expect(await ends({ ...PG, 'compose.yaml': pooled, '.env': url('', 'pool') })).toEqual([expect.stringMatching(/uses no TLS, and PgBouncer \(compose\.yaml:5\) says that it lets in nobody without TLS/)]);
  });

  it('Kubernetes, by the services that an operator makes', async () => {
    const cluster = 'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: pg }\nspec:\n  postgresql:\n    parameters: { ssl: "off" }\n---\n';
    const client = (host: string): string => `apiVersion: v1\nkind: ConfigMap\ndata:\n  DATABASE_URL: postgres://app:${CANARY}@${host}/app?sslmode=require\n`;
    for (const host of ['pg-rw', 'pg-rw.default.svc.cluster.local']) expect(await ends({ 'k.yaml': cluster + client(host) })).toEqual([expect.stringMatching(/^k\.yaml:11 This connection fails/)]);
    expect(await ends({ 'k.yaml': cluster + client('other-rw') })).toEqual([]);
  });

  it('says nothing of servers by other names, of mere images, and of what a variable decides', async () => {
    expect(await ends({ ...PG, 'compose.yaml': compose(OFF), '.env': url('?sslmode=verify-full', 'db.acme.com') })).toEqual([]);
    expect(await ends({ ...PG, 'compose.yaml': compose(''), '.env': url('?sslmode=verify-full') })).toEqual([]);
    expect(await ends({ ...PG, 'compose.yaml': compose('    command: postgres -c ssl=${SSL}\n'), '.env': url('?sslmode=verify-full') })).toEqual([]);
    expect(await ends({ ...PG, 'compose.yaml': compose(OFF), '.env': url('?sslmode=${MODE}') })).toEqual([]);
    // Another project's service of that name.
    expect(await ends({ 'compose.yaml': compose(OFF), 'b/compose.yaml': compose(''), 'b/.env': url('?sslmode=verify-full') })).toEqual([]);
  });

  it('is the same whatever part of the tree is looked at', async () => {
    const files = { ...PG, 'compose.yaml': compose(OFF), 'api/.env': url('?sslmode=verify-full') };
    const folder = tree({ '.git/HEAD': '', ...files });
    const { stdout } = await run(folder, ['scan', 'api', '--format', 'concise', '--confidence', 'low']);
    expect(stdout).toContain('This connection fails: node-postgres 8 insists on TLS');
  });

  it('the command of a container wins over the file that it is given', async () => {
    const mounted = '    volumes: ["./db/postgresql.conf:/etc/postgresql.conf"]\n';
    const files = { ...PG, 'db/postgresql.conf': 'ssl = off\nshared_buffers = 1GB\n', 'api/.env': url('?sslmode=verify-full') };
    const rules = async (command: string): Promise<string[]> => {
      const { stdout } = await run(tree({ '.git/HEAD': '', ...files, 'compose.yaml': compose(command + mounted) }), ['scan', '.', '--format', 'json', '--confidence', 'low']);
      return (JSON.parse(stdout) as Found).findings.map(({ file, rule }) => `${file} ${rule}`);
    };
    expect(await rules('')).toEqual(['api/.env no-conflicting-settings', 'db/postgresql.conf server-accepts-plaintext']);
    expect(await rules(ON)).toEqual([]);
  });

  describe('of a resource of Terraform', () => {
    const group = 'resource "aws_db_parameter_group" "pg" {\n  family = "postgres16"\n  parameter {\n    name  = "rds.force_ssl"\n    value = "1"\n  }\n}\n';
    const instance = 'resource "aws_db_instance" "pg" {\n  parameter_group_name = aws_db_parameter_group.pg.name\n}\n';
    const sql = 'resource "google_sql_database_instance" "db" {\n  database_version = "POSTGRES_17"\n  settings {\n    ip_configuration {\n      ssl_mode = "ENCRYPTED_ONLY"\n    }\n  }\n}\n';
    const azure = 'resource "azurerm_postgresql_flexible_server" "db" {\n  name = "db"\n}\nresource "azurerm_postgresql_flexible_server_configuration" "tls" {\n  name      = "require_secure_transport"\n  server_id = azurerm_postgresql_flexible_server.db.id\n  value     = "on"\n}\n';
    const output = (address: string, mode = 'disable'): string => `output "url" {\n  value = "postgres://app:${CANARY}@\${${address}}/app?sslmode=${mode}"\n}\n`;

    it.for<[what: string, files: Readonly<Record<string, string>>, expected: string[]]>([
      ['in the same file', { 'main.tf': output('aws_db_instance.pg.address') + group + instance }, ['main.tf:2 This connection fails: libpq 18 uses no TLS, and Amazon RDS (main.tf:8)']],
      ['beside it in the module', { 'main.tf': group + instance, 'outputs.tf': output('aws_db_instance.pg[0].endpoint') }, ['outputs.tf:2 This connection fails: libpq 18 uses no TLS, and Amazon RDS (main.tf:5)']],
      ['Cloud SQL', { 'sql.tf': sql, 'outputs.tf': output('google_sql_database_instance.db.public_ip_address') }, ['outputs.tf:2 This connection fails: libpq 18 uses no TLS, and Cloud SQL (sql.tf:5)']],
      ['Azure', { 'db.tf': azure, 'outputs.tf': output('azurerm_postgresql_flexible_server.db.fqdn') }, ['outputs.tf:2 This connection fails: libpq 18 uses no TLS, and Azure Database for PostgreSQL (db.tf:7)']],
      ['that goes with it', { 'main.tf': group + instance, 'outputs.tf': output('aws_db_instance.pg.address', 'verify-full') }, []],
      ['of another name', { 'main.tf': group + instance, 'outputs.tf': output('aws_db_instance.other.address') }, []],
      ['in another module', { 'db/main.tf': group + instance, 'app/outputs.tf': output('aws_db_instance.pg.address') }, []],
    ])('%s', async ([, files, expected]) => {
      expect(await ends(files)).toEqual(expected.map((begins) => expect.stringContaining(begins) as string));
    });
  });

  it('of a cluster that an operator of Kubernetes makes, in another manifest', async () => {
    const cluster = 'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata:\n  name: db\nspec:\n  postgresql:\n    pg_hba:\n      - hostssl all all all scram-sha-256\n';
    const app = (host: string): string => `apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - image: app\n          env:\n            - name: DATABASE_URL\n              value: postgres://app:${CANARY}@${host}/app?sslmode=disable\n`;
    expect(await ends({ 'k/cluster.yaml': cluster, 'k/app.yaml': app('db-rw.default.svc') })).toEqual([expect.stringContaining('k/app.yaml:10 This connection fails: libpq 18 uses no TLS, and PostgreSQL (k/cluster.yaml:8)') as string]);
    expect(await ends({ 'k/cluster.yaml': cluster, 'k/app.yaml': app('other-rw') })).toEqual([]);
  });
});
