import { describe, expect, it } from 'vitest';
import { readHcl } from '../../src/files/hcl/reader.ts';
import { check, findings } from './check.ts';

/** A text without the indentation of the test around it. */
function text([raw = '']: TemplateStringsArray): string {
  const lines = raw.split('\n').slice(1, -1);
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return `${lines.map((line) => line.slice(indent)).join('\n')}\n`;
}

describe('containers', () => {
  it.for<[string, string[]]>([
    ['image: postgres:17', []],
    ['image: postgres:17\n    command: -c ssl=off', ['4 only-plaintext: off']],
    ['image: postgres:17\n    command: postgres -c max_connections=50 -c ssl=off', ['4 only-plaintext: off']],
    ['image: postgres:17\n    command: ["postgres", "-c", "ssl=off"]', ['4 only-plaintext: off']],
    ['image: postgis/postgis\n    command:\n      - --ssl=0', ['5 only-plaintext: 0']],
    ['build: .\n    command: docker-entrypoint.sh postgres -cssl=off', ['4 only-plaintext: off']],
    ['image: postgres:17\n    command: -c ssl=on -c ssl_min_protocol_version=TLSv1', ['4 no-weak-tls-version: TLSv1']],
    ['image: postgres:17\n    command: -c ssl=on -c ssl_cert_file=/server.crt', []],
    ['image: postgres:17\n    command: -c ssl=${SSL}', []],
    ['image: postgres:17\n    command: -c ssl=off\n    ports: ["127.0.0.1:5432:5432"]', []],
    ['image: postgres:17\n    command: -c ssl=off\n    ports: ["5432:5432"]', ['4 only-plaintext: off']],
    ['image: acme/api\n    command: serve -c ssl=off', []],
    ['image: bitnami/postgresql\n    environment:\n      POSTGRESQL_ENABLE_TLS: "no"', ['5 only-plaintext: no']],
    ['image: bitnami/postgresql\n    environment:\n      - POSTGRESQL_ENABLE_TLS=yes', []],
    ['image: edoburu/pgbouncer\n    environment:\n      - CLIENT_TLS_SSLMODE=prefer', ['5 plaintext: prefer']],
    ['image: bitnami/pgbouncer\n    environment:\n      PGBOUNCER_CLIENT_TLS_SSLMODE: require', []],
  ])('%s', ([body, expected]) => {
    expect(findings('compose.yaml', `services:\n  db:\n    ${body}\n`)).toEqual(expected);
  });

  it('of Kubernetes say it in their arguments', () => {
    const pod = text`
      apiVersion: apps/v1
      kind: StatefulSet
      spec:
        template:
          spec:
            containers:
              - name: db
                image: postgres:17
                args: ["-c", "ssl=off"]
              - name: pool
                image: bitnami/pgbouncer
                env:
                  - name: PGBOUNCER_CLIENT_TLS_SSLMODE
                    value: disable
    `;
    expect(findings('db.yaml', pod)).toEqual(['9 only-plaintext: off', '14 only-plaintext: disable']);
    expect(check('db.yaml', pod).connections.map(({ key }) => key)).toEqual(['spec.template.spec.containers[0].args[1]', 'spec.template.spec.containers[1].env[0].value']);
  });
});

describe('Dockerfiles', () => {
  it.for<[string, string[]]>([
    ['FROM postgres:17', []],
    ['FROM postgres:17\nCMD ["postgres", "-c", "ssl=off"]', ['2 only-plaintext: off']],
    ['FROM postgres:17\nCMD ["postgres","-c","max_connections=5","-c","ssl=off"]', ['2 only-plaintext: off']],
    ['FROM postgres:17\nCMD postgres -c ssl=off \\\n  -c max_connections=5', ['2 only-plaintext: off']],
    ['FROM postgres:17\nCMD ["-c", "ssl=off"]\nCMD ["-c", "ssl=on"]', []],
    ['FROM postgis/postgis:17 AS base\nFROM base\nCMD ["-c", "ssl=off"]', ['3 only-plaintext: off']],
    ['FROM postgres:17\nCMD ["-c", "ssl=on", "-c", "ssl_min_protocol_version=TLSv1"]', ['2 no-weak-tls-version: TLSv1']],
    ['FROM node:22\nCMD ["serve", "-c", "ssl=off"]', []],
    ['FROM bitnami/postgresql\nENV POSTGRESQL_ENABLE_TLS=no', ['2 only-plaintext: no']],
    ['FROM bitnami/pgbouncer\nENV PGBOUNCER_CLIENT_TLS_SSLMODE=require', []],
  ])('%j', ([source, expected]) => {
    expect(findings('Dockerfile', `${source}\n`)).toEqual(expected);
  });
});

describe('Kubernetes', () => {
  it('operators: Zalando', () => {
    const manifest = text`
      apiVersion: acid.zalan.do/v1
      kind: postgresql
      spec:
        postgresql:
          version: "17"
          parameters:
            ssl: "off"
        patroni:
          pg_hba:
            - hostssl all all 0.0.0.0/0 md5
            - host all all 0.0.0.0/0 md5
            - host all all 127.0.0.1/32 trust
    `;
    expect(findings('db.yaml', manifest)).toEqual(['7 only-plaintext: off', '11 plaintext: host']);
  });

  it('operators: CloudNativePG', () => {
    const manifest = text`
      apiVersion: postgresql.cnpg.io/v1
      kind: Cluster
      spec:
        postgresql:
          parameters:
            ssl_min_protocol_version: TLSv1.1
          pg_hba:
            - hostnossl all all all reject
            - host all all 10.0.0.0/8 scram-sha-256
      ---
      apiVersion: postgresql.cnpg.io/v1
      kind: Pooler
      spec:
        pgbouncer:
          parameters:
            client_tls_sslmode: prefer
    `;
    expect(findings('db.yaml', manifest)).toEqual(['6 no-weak-tls-version: TLSv1.1', '16 plaintext: prefer']);
  });

  it('operators: Crunchy', () => {
    const manifest = text`
      apiVersion: postgres-operator.crunchydata.com/v1beta1
      kind: PostgresCluster
      spec:
        patroni:
          dynamicConfiguration:
            postgresql:
              pg_hba:
                - host all all 0.0.0.0/0 password
        proxy:
          pgBouncer:
            config:
              global:
                client_tls_sslmode: disable
    `;
    expect(findings('db.yaml', manifest)).toEqual(['8 plaintext-passwords: host', '13 only-plaintext: disable']);
  });

  it("operators: Crunchy's rules, by line and by column", () => {
    const manifest = text`
      apiVersion: postgres-operator.crunchydata.com/v1beta1
      kind: PostgresCluster
      spec:
        authentication:
          rules:
            - connection: hostssl
              method: scram-sha-256
            - connection: host
              databases: [app]
              method: scram-sha-256
            - hba: host all all 10.0.0.0/8 md5
            - { connection: host, method: reject }
            - { connection: host, databases: [late], method: md5 }
    `;
    expect(findings('db.yaml', manifest)).toEqual(['8 plaintext: host', '11 plaintext: host']);
    expect(check('db.yaml', manifest).connections.map(({ key, database }) => [key, database])).toEqual([['spec.authentication.rules', null], ['spec.authentication.rules', 'app'], ['spec.authentication.rules', null]]);
  });

  it('files in a ConfigMap', () => {
    const manifest = text`
      apiVersion: v1
      kind: ConfigMap
      data:
        postgresql.conf: |
          listen_addresses = '*'
          ssl = off
        pg_hba.conf: |
          # who may come
          host all all 0.0.0.0/0 trust
    `;
    expect(findings('config.yaml', manifest)).toEqual(['6 only-plaintext: off', '9 anybody: host']);
    expect(check('config.yaml', manifest).connections.map(({ key, text: shown }) => [key, shown])).toEqual([['data.postgresql.conf.ssl', 'ssl = off'], ['data.pg_hba.conf', 'host all all 0.0.0.0/0 trust']]);
  });

  it.for<[string, string[]]>([
    ['tls:\n  enabled: false\nauth:\n  database: app\nimage:\n  repository: bitnami/postgresql\n', ['2 only-plaintext: false']],
    ['postgresql:\n  enabled: true\n  auth: { database: app }\n  tls: { enabled: false }\n', ['4 only-plaintext: false']],
    ['postgresql:\n  auth: { database: app }\n  tls: { enabled: true }\n', []],
    ['postgresql:\n  auth: { database: app }\n', []],
    ['postgresql:\n  primary:\n    pgHbaConfiguration: |-\n      local all all trust\n      host all all 0.0.0.0/0 md5\n    persistence: {}\n', ['5 plaintext: host']],
    ['postgresql:\n  primary:\n    persistence: {}\n    extendedConfiguration: |\n      ssl = off\n', ['5 only-plaintext: off']],
    // An application's own setting, and another chart's.
    ['postgresql:\n  host: db\n  tls: { enabled: false }\n', []],
    ['redis:\n  auth: {}\n  tls: { enabled: false }\n', []],
  ])("values of Bitnami's chart: %j", ([values, expected]) => {
    expect(findings('values.yaml', values)).toEqual(expected);
  });
});

describe('Terraform', () => {
  const group = (family: string, value: string): string => `resource "aws_db_parameter_group" "pg" {\n  family = ${family}\n  parameter {\n    name  = "rds.force_ssl"\n    value = ${value}\n  }\n}\n`;

  it.for<[string, string[]]>([
    [group('"postgres17"', '"0"'), ['5 plaintext: 0']],
    [group('"postgres17"', '0'), ['5 plaintext: 0']],
    [group('"postgres17"', '"1"'), []],
    [group('"postgres17"', 'var.force'), []],
    [group('var.family', '"0"'), ['5 plaintext: 0']],
    [group('"sqlserver-ex-16.0"', '"0"'), []],
    ['resource "aws_db_parameter_group" "pg" {\n  family = "postgres14"\n}\n', []],
    ['resource "aws_rds_cluster_parameter_group" "pg" {\n  family = "aurora-postgresql16"\n  parameter {\n    name = "log"\n    value = "0"\n  }\n  parameter {\n    name = "rds.force_ssl"\n    value = "0"\n  }\n}\n', ['9 plaintext: 0']],
    ['resource "aws_redshift_parameter_group" "w" {\n  family = "redshift-1.0"\n  parameter {\n    name  = "require_ssl"\n    value = "false"\n  }\n}\n', ['5 plaintext: false']],
    ['resource "azurerm_postgresql_flexible_server_configuration" "x" {\n  name      = "require_secure_transport"\n  server_id = azurerm_postgresql_flexible_server.db.id\n  value     = "off"\n}\n', ['4 plaintext: off']],
    ['resource "azurerm_postgresql_flexible_server_configuration" "x" {\n  name  = "require_secure_transport"\n  value = "ON"\n}\n', []],
    ['resource "azurerm_postgresql_flexible_server_configuration" "x" {\n  name  = "log_connections"\n  value = "off"\n}\n', []],
    ['resource "azurerm_postgresql_server" "x" {\n  ssl_enforcement_enabled = false\n}\n', ['2 plaintext: false']],
    ['resource "azurerm_mysql_server" "x" {\n  ssl_enforcement_enabled = false\n}\n', []],
  ])('%j', ([source, expected]) => {
    expect(findings('main.tf', source)).toEqual(expected);
  });

  const cloudSql = (version: string, ip: string): string => `resource "google_sql_database_instance" "db" {\n  database_version = ${version}\n  settings {\n    ip_configuration {\n      ${ip}\n    }\n  }\n}\n`;
  const ANYONE = 'authorized_networks {\n        value = "0.0.0.0/0"\n      }';

  it.for<[string, string, string[]]>([
    ['"POSTGRES_17"', 'ssl_mode = "ALLOW_UNENCRYPTED_AND_ENCRYPTED"', ['5 plaintext: ALLOW_UNENCRYPTED_AND_ENCRYPTED']],
    ['"POSTGRES_17"', 'ssl_mode = "ENCRYPTED_ONLY"', []],
    ['"POSTGRES_17"', 'ssl_mode = "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"', []],
    ['"POSTGRES_17"', 'require_ssl = false', ['5 plaintext: false']],
    ['"POSTGRES_17"', 'require_ssl = true', []],
    ['"POSTGRES_17"', 'ssl_mode = "ENCRYPTED_ONLY"\n      require_ssl = false', []],
    ['"MYSQL_8_0"', 'require_ssl = false', []],
    ['var.version', 'require_ssl = false', ['5 plaintext: false']],
    // A default: only of a version that is known, where somebody is let in from outside.
    ['"POSTGRES_17"', ANYONE, ['6 plaintext: 0.0.0.0/0']],
    ['"POSTGRES_17"', 'ipv4_enabled = true', []],
    ['var.version', ANYONE, []],
    ['"MYSQL_8_0"', ANYONE, []],
  ])('Cloud SQL: %s %j', ([version, ip, expected]) => {
    expect(findings('main.tf', cloudSql(version, ip))).toEqual(expected);
  });

  const instance = (version: string, ...more: readonly string[]): string => `resource "aws_db_instance" "db" {\n  engine = "postgres"\n  engine_version = "${version}"\n  ${more.join('\n  ')}\n}\n`;
  const PUBLIC = 'publicly_accessible = true';

  it.for<[string, string[]]>([
    [instance('14.9', PUBLIC), ['3 plaintext: 14.9']],
    [instance('15.4', PUBLIC), []],
    [instance('14.9'), []],
    [instance('14.9', PUBLIC, 'parameter_group_name = "default.postgres14"'), ['3 plaintext: 14.9']],
    [instance('14.9', PUBLIC, 'parameter_group_name = "of-the-platform-team"'), []],
    [instance('14.9', PUBLIC, 'parameter_group_name = var.group'), []],
    [`${instance('14.9', PUBLIC, 'parameter_group_name = aws_db_parameter_group.pg.name')}${group('"postgres14"', '"1"')}`, []],
    // The group says it: once is enough.
    [`${instance('14.9', PUBLIC, 'parameter_group_name = aws_db_parameter_group.pg.name')}${group('"postgres14"', '"0"')}`, ['11 plaintext: 0']],
    [`${instance('14.9', PUBLIC, 'parameter_group_name = aws_db_parameter_group.pg.name')}resource "aws_db_parameter_group" "pg" {\n  family = "postgres14"\n}\n`, ['3 plaintext: 14.9']],
  ])('RDS by its version: %j', ([source, expected]) => {
    expect(findings('main.tf', source)).toEqual(expected);
  });

  it.for<[string, Record<string, string>, number]>([
    ['says it', { 'groups.tf': group('"postgres14"', '"1"') }, 0],
    ['says nothing of TLS', { 'groups.tf': 'resource "aws_db_parameter_group" "pg" {\n  family = "postgres14"\n}\n' }, 1],
    ['is in no file', {}, 0],
  ])('RDS by its version, with a parameter group in another file of the module: it %s', ([, files, expected]) => {
    const includes = { read: (name: string) => files[name.replace('/infra/', '')] ?? null, list: () => ['main.tf', ...Object.keys(files)] };
    const reading = readHcl('/infra/main.tf', instance('14.9', PUBLIC, 'parameter_group_name = aws_db_parameter_group.pg.name'), includes);
    expect((reading.servers ?? []).filter(({ admits }) => admits === 'plaintext')).toHaveLength(expected);
  });

  it('is less sure of a default', () => {
    expect(check('main.tf', instance('14.9', PUBLIC)).findings).toMatchObject([{ confidence: 'medium', severity: 'error', connection: { hostClass: 'public', form: 'server', effective: 'prefer' } }]);
    expect(check('main.tf', group('"postgres17"', '"0"')).findings).toMatchObject([{ confidence: 'high', key: 'resource.aws_db_parameter_group.pg.parameter[0].value' }]);
  });

  it('takes ignores', () => {
    expect(findings('main.tf', group('"postgres17"', '"0" # sslmode-ignore server-accepts-plaintext -- a tunnel'))).toEqual(['5 plaintext: 0 (ignored)']);
  });
});

describe('CloudFormation, Pulumi, ARM, Config Connector', () => {
  it('CloudFormation', () => {
    const template = text`
      Resources:
        Group:
          Type: AWS::RDS::DBParameterGroup
          Properties:
            Family: postgres14
            Parameters:
              rds.force_ssl: 0
        Database:
          Type: AWS::RDS::DBInstance
          Properties:
            Engine: postgres
            EngineVersion: '14.9'
            PubliclyAccessible: true
            DBParameterGroupName: !Ref Group
        Warehouse:
          Type: AWS::Redshift::ClusterParameterGroup
          Properties:
            ParameterGroupFamily: redshift-1.0
            Parameters:
              - ParameterName: require_ssl
                ParameterValue: 'false'
    `;
    expect(findings('template.yaml', template)).toEqual(['7 plaintext: 0', '21 plaintext: false']);
  });

  it('CloudFormation in JSON', () => {
    const template = JSON.stringify({ Resources: { Group: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Family: 'aurora-postgresql15', Parameters: { 'rds.force_ssl': '0' } } } } }, null, 2);
    expect(findings('template.json', template)).toEqual(['8 plaintext: 0']);
    expect(check('template.json', template).findings[0]?.message).toBe('Amazon Aurora lets clients come in plaintext: `rds.force_ssl` is `0`. Set `rds.force_ssl` to `1`.');
  });

  it('Pulumi', () => {
    const program = text`
      name: db
      runtime: yaml
      resources:
        group:
          type: aws:rds/parameterGroup:ParameterGroup
          properties:
            family: postgres16
            parameters:
              - name: rds.force_ssl
                value: "0"
        sql:
          type: gcp:sql:DatabaseInstance
          properties:
            databaseVersion: POSTGRES_16
            settings:
              ipConfiguration:
                sslMode: ALLOW_UNENCRYPTED_AND_ENCRYPTED
        azure:
          type: azure-native:dbforpostgresql:Configuration
          properties:
            configurationName: require_secure_transport
            value: "off"
    `;
    expect(findings('Pulumi.yaml', program)).toEqual(['10 plaintext: 0', '17 plaintext: ALLOW_UNENCRYPTED_AND_ENCRYPTED', '22 plaintext: off']);
  });

  it('ARM', () => {
    const template = JSON.stringify({ resources: [{ type: 'Microsoft.DBforPostgreSQL/flexibleServers', name: 'db', properties: {}, resources: [{ type: 'configurations', name: 'require_secure_transport', properties: { value: 'off', source: 'user-override' } }] }, { type: 'Microsoft.DBforPostgreSQL/flexibleServers/configurations', name: "[concat(parameters('name'), '/require_secure_transport')]", properties: { value: 'off' } }] }, null, 1);
    expect(findings('azuredeploy.json', template)).toHaveLength(2);
  });

  it('Config Connector', () => {
    const manifest = text`
      apiVersion: sql.cnrm.cloud.google.com/v1beta1
      kind: SQLInstance
      spec:
        databaseVersion: POSTGRES_16
        settings:
          ipConfiguration:
            requireSsl: false
    `;
    expect(findings('sql.yaml', manifest)).toEqual(['7 plaintext: false']);
  });

  it('reads what will not parse with little confidence', () => {
    expect(findings('templates/db.yaml', 'apiVersion: v1\n{{- if .Values.x }}\nspec:\n  postgresql:\n    parameters:\n      ssl: "off"\n{{- end }}\n')).toEqual([]);
  });
});
