import { describe, expect, it } from 'vitest';
import { classOfHost, strictest, type HostClass } from '../../src/hosts/host-class.ts';
import { isPlaceholderHost } from '../../src/hosts/placeholder.ts';

describe('classOfHost', () => {
  it.for<[host: string | null, expected: HostClass]>([
    [null, 'hidden'],
    ['/var/run/postgresql', 'socket'],
    ['%2Fcloudsql%2Facme:europe-west1:main', 'socket'],
    ['@abstract', 'socket'],
    [String.raw`C:\sockets`, 'socket'],
    ['', 'loopback'],
    ['localhost', 'loopback'],
    ['LocalHost.', 'loopback'],
    ['db.localhost', 'loopback'],
    ['localhost.localdomain', 'loopback'],
    ['127.0.0.1', 'loopback'],
    ['127.255.0.3', 'loopback'],
    ['127.0.0.1.', 'loopback'],
    ['127.1', 'loopback'],
    ['0x7f.1', 'loopback'],
    ['0177.0.0.1', 'loopback'],
    ['2130706433', 'loopback'],
    ['0.0.0.0', 'loopback'],
    ['::1', 'loopback'],
    ['[::1]', 'loopback'],
    ['0:0:0:0:0:0:0:1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['[::FFFF:7f00:1]', 'loopback'],
    ['10.1.2.3', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.1', 'public'],
    ['192.168.0.10', 'private'],
    ['192.169.0.10', 'public'],
    ['100.64.0.1', 'private'],
    ['100.127.255.255', 'private'],
    ['100.128.0.1', 'public'],
    ['169.254.10.10', 'private'],
    ['::ffff:10.0.0.1', 'private'],
    ['fd12:3456:789a::1', 'private'],
    ['fc00::1', 'private'],
    ['fe80::1%eth0', 'private'],
    ['[fe80::1%25eth0]', 'private'],
    ['db', 'private'],
    ['PRIMARY', 'private'],
    ['db.prod.svc.cluster.local', 'private'],
    ['db.prod.svc', 'private'],
    ['db.prod.svc.cluster.local.', 'private'],
    ['postgres.railway.internal', 'private'],
    ['host.docker.internal', 'private'],
    ['nas.lan', 'private'],
    ['printer.local', 'private'],
    ['dpg-abc123-a', 'private'],
    ['acme-db.flycast', 'private'],
    ['private-app-do-user-1-0.b.db.ondigitalocean.com', 'private'],
    ['app.privatelink.postgres.database.azure.com', 'private'],
    ['app.postgres.database.azure.com', 'public'],
    ['app-do-user-1-0.b.db.ondigitalocean.com', 'public'],
    ['db.acme.com', 'public'],
    ['db.example.com', 'public'],
    ['db.example', 'public'],
    ['db.test', 'public'],
    ['8.8.8.8', 'public'],
    ['2606:4700::1111', 'public'],
    ['256.1.1.1', 'public'],
    ['1.2.3.4.5', 'public'],
    ['notlocalhost.com', 'public'],
    ['internal.acme.com', 'public'],
    ['::ffff:8.8.8.8', 'public'],
  ])('%s is %s', ([host, expected]) => {
    expect(classOfHost(host)).toBe(expected);
  });

  it('knows the services of the same file, without case', () => {
    expect(classOfHost('DB', { localNames: () => ['web', 'db'] })).toBe('local');
    expect(classOfHost('cache', { localNames: () => ['web', 'db'] })).toBe('private');
    expect(classOfHost('db.acme.com', { localNames: () => ['db.acme.com'] })).toBe('public');
  });

  it.for<[host: string | null, hostaddr: string, expected: HostClass]>([
    ['db.acme.com', '10.0.0.5', 'private'],
    [null, '127.0.0.1', 'loopback'],
    ['localhost', '203.0.113.7', 'public'],
    ['localhost', 'not an address', 'loopback'],
  ])('%s at hostaddr %s is %s', ([host, hostaddr, expected]) => {
    expect(classOfHost(host, { hostaddr })).toBe(expected);
  });

  it('takes no time on hostile names', () => {
    const start = performance.now();
    for (const part of ['.', ':', '1.', 'a', '0x', '[', '%']) classOfHost(part.repeat(200_000));
    expect(performance.now() - start).toBeLessThan(4000);
  });
});

describe('strictest', () => {
  it.for<[classes: HostClass[], expected: HostClass]>([
    [[], 'loopback'],
    [['socket', 'loopback'], 'loopback'],
    [['public', 'private'], 'public'],
    [['private', 'hidden'], 'hidden'],
    [['hidden', 'public', 'local'], 'public'],
  ])('of %j is %s', ([classes, expected]) => {
    expect(strictest(classes)).toBe(expected);
  });
});

describe('isPlaceholderHost', () => {
  it.for(['<host>', 'HOST', 'host', 'DB_HOST', 'your-host', 'your_host', 'yourhost', 'xxx', 'XXXX', 'your-db-host.example', 'CHANGEME', 'change-me', '[YOUR-HOST]', 'ep-xxx-pooler.us-east-2.aws.neon.tech', 'hostname', 'RDS_ENDPOINT', 'host.example', 'yourdomain.com', 'db.[PROJECT-REF].supabase.co', '[project-ref].acme.com', '...'])(
    '%s is one',
    (host) => {
      expect(isPlaceholderHost(host)).toBe(true);
    },
  );

  it.for(['db.acme.com', 'db.example.com', 'db', 'DB', 'POSTGRES', 'localhost', '10.0.0.1', '[::1]', '[fe80::1]', 'host.docker.internal', 'todo.acme.com', 'yours.acme.com', 'xx.acme.com', 'foxxxy.acme.com', 'ghost', 'hosting.acme.com'])(
    '%s is a host',
    (host) => {
      expect(isPlaceholderHost(host)).toBe(false);
    },
  );
});
