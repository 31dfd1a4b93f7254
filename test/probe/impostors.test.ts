import { createHash, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { issue } from './pki.ts';
import { folderOf, probe, probeJson } from './run.ts';
import { errorResponse, listen, start } from './servers.ts';

const root = await issue('C=XX, O=Example, CN=Example Root', null, { ca: true, to: 3650 });
const good = await issue('CN=localhost', root, { names: ['localhost', 'db.example.net'], addresses: ['127.0.0.1'] });
const trusting = (): string => folderOf({ 'root.pem': root.cert });

describe('a good server', () => {
  it('is described in full', async () => {
    const { port } = await start({ shows: [good] });
    const folder = trusting();
    const { code, report, stderr } = await probeJson([`localhost:${port}`, '--root', 'root.pem'], { folder });
    const certificate = new X509Certificate(good.cert);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(report).toEqual({
      schemaVersion: 1,
      hosts: [
        {
          host: 'localhost',
          port,
          address: '127.0.0.1',
          postgres: true,
          offersTls: true,
          directTls: true,
          plaintext: 'refused',
          protocol: 'TLSv1.3',
          cipher: 'TLS_AES_256_GCM_SHA384',
          certificate: {
            subject: 'CN=localhost',
            names: ['localhost', 'db.example.net', '127.0.0.1'],
            issuer: 'C=XX, O=Example, CN=Example Root',
            validFrom: new Date(certificate.validFrom).toISOString(),
            validTo: new Date(certificate.validTo).toISOString(),
            chain: ['CN=localhost', 'C=XX, O=Example, CN=Example Root'],
            root: { name: 'Example Root', sha256: sha256(root.cert), known: true },
          },
          nameMatches: true,
          trusted: true,
          works: ['require', 'verify-ca', 'verify-full'],
          use: 'verify-full',
          problems: [],
        },
      ],
    });
  });

  it('is shown to people', async () => {
    const { port } = await start({ shows: [good] });
    const { code, stdout } = await probe([`localhost:${port}`, '--root', 'root.pem'], { folder: trusting() });
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^localhost:${port} \\(127\\.0\\.0\\.1\\)\n`));
    expect(stdout).toMatch(/^ {2}TLS +TLSv1\.3, TLS_AES_256_GCM_SHA384, also at once/m);
    expect(stdout).toMatch(/^ {2}plaintext +refused$/m);
    expect(stdout).toMatch(/^ {2}root +Example Root, known here: in root\.pem$/m);
    expect(stdout).toMatch(/^ {2}use +verify-full +\(libpq: sslmode=verify-full sslrootcert=root\.pem;/m);
    expect(stdout).not.toContain('problem');
  });

  it('is sent a user name and nothing that could be a secret', async () => {
    const { port, received } = await start({ shows: [good], plaintext: 'password-asked' });
    await probeJson(['--from', `postgres://app:hunter2@127.0.0.1:${port}/secretdb?sslpassword=hunter3`]);
    const sent = Buffer.concat(received).toString('latin1');
    expect(sent).toContain('sslmode-probe');
    for (const secret of ['hunter2', 'hunter3', 'app\0', 'secretdb']) expect(sent).not.toContain(secret);
    // A request for TLS, TLS without one, and two logins: over TLS, and in plaintext.
    expect(received.filter((bytes) => bytes.toString('latin1').includes('user\0sslmode-probe'))).toHaveLength(2);
  });
});

describe('plaintext', () => {
  it.for([
    ['refused', 0, ['require', 'verify-ca', 'verify-full']],
    ['closed', 0, ['require', 'verify-ca', 'verify-full']],
    ['password-asked', 1, ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']],
    ['accepted', 1, ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']],
  ] as const)('%s is exit code %i', async ([plaintext, expected, works]) => {
    const { port } = await start({ shows: [good], plaintext });
    const { code, host } = await probeJson([`localhost:${port}`, '--root', 'root.pem'], { folder: trusting() });
    expect(host).toMatchObject({ plaintext, works, use: 'verify-full' });
    expect(code).toBe(expected);
  });

  it('is all there is without TLS, and no mode protects', async () => {
    const { port } = await start({ plaintext: 'password-asked' });
    const { code, host, problems } = await probeJson([`localhost:${port}`]);
    expect(host).toMatchObject({ postgres: true, offersTls: false, directTls: false, plaintext: 'password-asked', protocol: null, cipher: null, certificate: null, nameMatches: null, trusted: null, works: ['disable', 'allow', 'prefer'], use: null });
    expect(code).toBe(1);
    expect(problems).toMatch(/offers no TLS/);
  });

  it('asks for the password itself: said so', async () => {
    const port = await listen((socket) => socket.once('data', (first) => socket.write(first.length === 8 ? 'N' : Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]))));
    expect((await probeJson([`127.0.0.1:${port}`])).problems).toMatch(/asks for the password itself, so everybody on the way can read it/);
  });

  it('refused to a user who is refused over TLS as well shows nothing, and that is said', async () => {
    const { port } = await start({ shows: [good], overTls: 'refused' });
    const { host, problems } = await probeJson([`127.0.0.1:${port}`]);
    expect(host.plaintext).toBe('refused');
    expect(problems).toMatch(/refuses the user of this probe over TLS as well .*does not show that it insists on TLS/);
  });

  it.for([['53300', 'sorry, too many clients already'], ['57P03', 'the database system is starting up']])('refused for want of room (%s) shows nothing', async ([code = '', text = '']) => {
    const port = await listen((socket) => socket.once('data', (first) => socket.end(first.length === 8 ? 'N' : errorResponse(code, text))));
    const { host, problems } = await probeJson([`127.0.0.1:${port}`]);
    expect(host).toMatchObject({ postgres: true, plaintext: 'refused' });
    expect(problems).toContain(`It takes nobody in at the moment ("${text}")`);
  });
});

describe('certificates', () => {
  const verify = ['require'];

  it('of a root that is not here', async () => {
    const { port } = await start({ shows: [good] });
    const { code, host, problems } = await probeJson([`localhost:${port}`]);
    expect(host).toMatchObject({ trusted: false, nameMatches: true, works: verify, use: 'require', certificate: { chain: ['CN=localhost'], root: { name: 'Example Root', sha256: null, known: false } } });
    expect(problems).toMatch(/"Example Root", which issued its certificate, is neither sent nor known here: .*unable to verify the first certificate/);
    // On loopback the policy asks for nothing.
    expect(code).toBe(0);
  });

  it('of a root that is sent, and is not here', async () => {
    const { port } = await start({ shows: [good, root] });
    const { host, problems } = await probeJson([`localhost:${port}`]);
    expect(host).toMatchObject({ trusted: false, certificate: { chain: ['CN=localhost', root.subject], root: { name: 'Example Root', sha256: sha256(root.cert), known: false } } });
    expect(problems).toMatch(/does not have its root certificate "Example Root".*--root FILE/);
  });

  it("of a root in libpq's default file", async () => {
    const { port } = await start({ shows: [good] });
    const home = folderOf({ '.postgresql/root.crt': root.cert });
    const { host } = await probeJson([`localhost:${port}`], { home });
    expect(host).toMatchObject({ trusted: true, use: 'verify-full', certificate: { root: { known: true } } });
  });

  it("of another root than libpq's default file holds: even require fails there", async () => {
    const other = await issue('CN=Other Root', null, { ca: true });
    const { port } = await start({ shows: [good] });
    const home = folderOf({ '.postgresql/root.crt': other.cert });
    expect((await probeJson([`localhost:${port}`], { home })).problems).toMatch(/libpq on this machine fails even with sslmode=require: .*root\.crt is there.*lacks the root "Example Root"/);
  });

  it('of a root that one of two named files lacks', async () => {
    const other = await issue('CN=Other Root', null, { ca: true });
    const { port } = await start({ shows: [good] });
    const folder = folderOf({ 'root.pem': root.cert, 'other.pem': other.cert });
    const { host, problems } = await probeJson(['--from', `host=localhost port=${port} sslrootcert=other.pem`, '--root', 'root.pem'], { folder });
    expect(host.trusted).toBe(true);
    expect(problems).toMatch(/A client that is given other\.pem \(sslrootcert\) fails.*lacks the root "Example Root"/);
  });

  it('of themselves', async () => {
    const self = await issue('CN=localhost', null, { names: ['localhost'] });
    const { port } = await start({ shows: [self] });
    const { host, problems } = await probeJson([`localhost:${port}`]);
    expect(host).toMatchObject({ trusted: false, works: verify, certificate: { chain: ['CN=localhost'], root: { name: 'localhost', sha256: sha256(self.cert), known: false } } });
    expect(problems).toMatch(/issued by itself.*self-signed certificate/);
    expect((await probeJson([`localhost:${port}`, '--root', 'self.pem'], { folder: folderOf({ 'self.pem': self.cert }) })).host).toMatchObject({ trusted: true, use: 'verify-full', certificate: { root: { known: true } } });
  });

  it('for another name', async () => {
    const other = await issue('CN=other.example.net', root, { names: ['other.example.net'] });
    const { port } = await start({ shows: [other] });
    const { host, problems } = await probeJson([`localhost:${port}`, '--root', 'root.pem'], { folder: trusting() });
    expect(host).toMatchObject({ trusted: true, nameMatches: false, works: ['require', 'verify-ca'], use: 'verify-ca' });
    expect(problems).toMatch(/verify-full fails with localhost: the certificate is for other\.example\.net\. Connect by a name/);
  });

  it('for a name, where an address is connected to', async () => {
    const named = await issue('CN=localhost', root, { names: ['localhost'] });
    const { port } = await start({ shows: [named] });
    expect((await probeJson([`127.0.0.1:${port}`])).host.nameMatches).toBe(false);
    expect((await probeJson(['--from', `host=localhost hostaddr=127.0.0.1 port=${port}`])).host).toMatchObject({ host: 'localhost', address: '127.0.0.1', nameMatches: true });
  });

  it('with no names but the common one', async () => {
    const { port } = await start({ shows: [await issue('CN=localhost', root)] });
    expect((await probeJson([`localhost:${port}`])).host).toMatchObject({ nameMatches: true, certificate: { names: ['localhost'] } });
  });

  it.for([
    ['expired', { from: -30, to: -2 }, /Its certificate expired on \d{4}-\d\d-\d\d: verify-ca and verify-full fail until it is renewed/],
    ['not yet valid', { from: 2, to: 30 }, /Its certificate is not valid before \d{4}-\d\d-\d\d/],
  ] as const)('that have %s', async ([, dates, message]) => {
    const { port } = await start({ shows: [await issue('CN=localhost', root, { names: ['localhost'], ...dates })] });
    const { host, problems } = await probeJson([`localhost:${port}`, '--root', 'root.pem'], { folder: trusting() });
    expect(host).toMatchObject({ trusted: false, works: verify, use: 'require', certificate: { root: { known: true } } });
    expect(problems).toMatch(message);
  });

  it('that expire soon, by the policy', async () => {
    const { port } = await start({ shows: [await issue('CN=localhost', root, { names: ['localhost'], to: 20.5 })] });
    const files = { 'root.pem': root.cert };
    expect((await probeJson([`localhost:${port}`, '--root', 'root.pem'], { folder: folderOf(files) })).problems).toMatch(/expires on \d{4}-\d\d-\d\d, in 20 days/);
    expect((await probeJson([`localhost:${port}`, '--root', 'root.pem'], { folder: folderOf({ ...files, 'sslmode.config.yaml': 'roots: { expiresWithinDays: 7 }\n' }) })).host.problems).toEqual([]);
  });

  it('behind an intermediate, that is sent or not', async () => {
    const intermediate = await issue('CN=Example Intermediate', root, { ca: true });
    const own = await issue('CN=localhost', intermediate, { names: ['localhost'] });
    const whole = await start({ shows: [own, intermediate] });
    const { host } = await probeJson([`localhost:${whole.port}`, '--root', 'root.pem'], { folder: trusting() });
    expect(host).toMatchObject({ trusted: true, use: 'verify-full', certificate: { issuer: 'CN=Example Intermediate', chain: ['CN=localhost', 'CN=Example Intermediate', root.subject], root: { name: 'Example Root' } } });
    const half = await start({ shows: [own] });
    const without = await probeJson([`localhost:${half.port}`, '--root', 'root.pem'], { folder: trusting() });
    expect(without.host).toMatchObject({ trusted: false, works: verify, certificate: { root: { name: 'Example Intermediate', sha256: null, known: false } } });
    expect(without.problems).toMatch(/"Example Intermediate", which issued its certificate, is neither sent nor known here.*If it is an intermediate certificate, the server has to send it/);
  });

  it('with an RSA key', async () => {
    const { port } = await start({ shows: [await issue('CN=localhost', root, { names: ['localhost'], algorithm: 'rsa-2048' })] });
    expect((await probeJson([`localhost:${port}`, '--root', 'root.pem'], { folder: trusting() })).host).toMatchObject({ use: 'verify-full', problems: [] });
  });

  it('with an RSA key that is too short', async () => {
    const { port } = await start({ shows: [await issue('CN=localhost', root, { names: ['localhost'], algorithm: 'rsa-1024' })] });
    expect((await probeJson([`localhost:${port}`, '--root', 'root.pem'], { folder: trusting() })).problems).toMatch(/RSA key of 1024 bits/);
  });

  it('whose names could be taken for something else are shown harmlessly', async () => {
    const { port } = await start({ shows: [await issue('CN=localhost', root, { names: ['localhost', 'a, DNS:evil', '\u001b[31mred'] })] });
    const { stdout } = await probe([`localhost:${port}`]);
    expect(stdout).not.toContain('\u001b');
    expect((await probeJson([`localhost:${port}`])).host.certificate?.names).toContain('a, DNS:evil');
  });
});

describe('TLS', () => {
  it('at once, without naming the protocol, is not PostgreSQL\'s', async () => {
    const { port } = await start({ shows: [good], direct: 'no-alpn' });
    const { host, problems } = await probeJson([`localhost:${port}`]);
    expect(host).toMatchObject({ offersTls: true, directTls: false });
    expect(problems).toMatch(/does not name the protocol/);
  });

  it('by request alone', async () => {
    const { port } = await start({ shows: [good], direct: 'refused' });
    expect((await probeJson([`localhost:${port}`, '--root', 'root.pem'], { folder: trusting() })).host).toMatchObject({ offersTls: true, directTls: false, use: 'verify-full', problems: [] });
  });

  it('of old versions too', async () => {
    const { port } = await start({ shows: [good], versions: { min: 'TLSv1', max: 'TLSv1.3' } });
    const { host, problems } = await probeJson([`localhost:${port}`]);
    expect(host.protocol).toBe('TLSv1.3');
    expect(problems).toMatch(/goes down to TLSv1\.1 for clients that ask for it/);
  });

  it('of old versions alone is of no use today', async () => {
    const { port } = await start({ shows: [good], versions: { min: 'TLSv1', max: 'TLSv1.1' }, direct: 'refused' });
    const { code, host, problems } = await probeJson([`localhost:${port}`, '--root', 'root.pem'], { folder: trusting() });
    expect(host).toMatchObject({ postgres: true, offersTls: true, protocol: 'TLSv1.1', works: [], use: null });
    expect(problems).toMatch(/Clients of today fail/);
    expect(code).toBe(1);
  });

  it('that breaks off', async () => {
    const port = await listen((socket) => {
      socket.on('data', (data: Buffer) => {
        if (data[0] === 0x16) socket.destroy();
        else socket.write(data.length === 8 ? 'S' : errorResponse('28000', 'no'));
      });
    });
    const { code, host, problems } = await probeJson([`127.0.0.1:${port}`]);
    expect(host).toMatchObject({ postgres: true, offersTls: true, protocol: null, works: [], use: null });
    expect(problems).toMatch(/offers TLS, and then .*every client that uses TLS fails/);
    expect(code).toBe(1);
  });
});

describe('what is no PostgreSQL', () => {
  const says = (text: string | Buffer) => (): Promise<number> => listen((socket) => socket.once('data', () => socket.end(text)));
  const greets = (text: string | Buffer) => (): Promise<number> => listen((socket) => socket.write(text));
  it.for<[what: string, start: () => Promise<number>, message: RegExp]>([
    ['HTTP', says('HTTP/1.1 400 Bad Request\r\n\r\n'), /^This is not PostgreSQL, but HTTP\./],
    ['SSH', greets('SSH-2.0-OpenSSH_9.2\r\n'), /^This is not PostgreSQL, but SSH\./],
    ['SMTP', greets('220 mail.example.net ESMTP\r\n'), /but SMTP or FTP/],
    ['MySQL', greets(Buffer.from([0x4a, 0, 0, 0, 10, 0x38, 0x2e, 0x30])), /but MySQL or MariaDB/],
    ['anything else', says('?'), /but something else/],
    ['something that goes on after S', says('Surprise'), /goes on in plaintext after it agreed to TLS/],
    ['something that hangs up', () => listen((socket) => socket.destroy()), /closes the connection without a word when asked for TLS, and when a login begins/],
    ['something that takes what it is sent and hangs up', says(''), /closes the connection without a word/],
    ['something without an end', says(Buffer.alloc(200_000, 0x4e)), /but something else/],
    ['notices without an end', () => listen((socket) => socket.on('data', (data) => socket.write(data.length === 8 ? 'N' : 'N\0\0\0\u0004'.repeat(60_000)))), /something else/],
  ])('%s', async ([, startIt, message]) => {
    const { code, host, problems } = await probeJson([`127.0.0.1:${await startIt()}`, '--timeout', '20']);
    expect(host).toMatchObject({ postgres: false, offersTls: null, directTls: null, plaintext: null, works: [], use: null, certificate: null });
    expect(problems).toMatch(message);
    expect(code).toBe(2);
  });

  it('TLS alone', async () => {
    // As a web server would: an alert, since it was spoken to in plaintext.
    const port = await listen((socket) => socket.once('data', () => socket.end(Buffer.from([0x15, 3, 1, 0, 2, 2, 70]))));
    const { code, problems } = await probeJson([`127.0.0.1:${port}`]);
    expect(problems).toMatch(/speaks nothing but TLS/);
    expect(code).toBe(2);
  });
});

describe('time', () => {
  it('is up for a server that never answers', async () => {
    const port = await listen(() => undefined);
    const before = performance.now();
    const { code, host, problems } = await probeJson([`127.0.0.1:${port}`, '--timeout', '0.4']);
    const took = performance.now() - before;
    expect(code).toBe(2);
    expect(host).toMatchObject({ postgres: false, address: '127.0.0.1' });
    expect(problems).toMatch(/takes the connection and does not answer.*--timeout is too short/);
    // Of a machine under load much can be said, but not that it takes the default's ten seconds for nothing.
    expect(took).toBeGreaterThan(350);
    expect(took).toBeLessThan(9000);
  });

  it('is enough for a slow server', async () => {
    const { port } = await start({ shows: [good], delay: 700 });
    expect((await probeJson([`localhost:${port}`, '--timeout', '60', '--root', 'root.pem'], { folder: trusting() })).host).toMatchObject({ plaintext: 'refused', directTls: true, use: 'verify-full', problems: [] });
  });

  it('is up before a slow server has said everything, which is then not known', async () => {
    const port = await listen((socket) => socket.once('data', (first) => (first.length === 8 ? socket.write('N') : undefined)));
    const { host, problems } = await probeJson([`127.0.0.1:${port}`, '--timeout', '1']);
    expect(host).toMatchObject({ postgres: true, offersTls: false, plaintext: null });
    expect(problems).toMatch(/not known whether it lets clients in/);
  });
});

describe('where it is', () => {
  it.for<[argv: string[], message: RegExp]>([
    [['127.0.0.1:1'], /nothing listens there \(connection refused\)/],
    [['no-such-host.invalid'], /no host of that name|cannot be looked up now/],
  ])('%j cannot be reached', async ([argv, message]) => {
    const { code, host, problems } = await probeJson(argv);
    expect(code).toBe(2);
    expect(host).toMatchObject({ address: null, postgres: false });
    expect(problems).toMatch(message);
  });

  it('IPv6, in all ways of writing it', async () => {
    const v6 = await issue('CN=six', root, { addresses: ['::1'] });
    const { port } = await start({ shows: [v6], host: '::1' });
    for (const argv of [[`[::1]:${port}`], ['--from', `postgres://[::1]:${port}/app`], ['--from', `host=::1 port=${port}`]]) {
      const { host } = await probeJson([...argv, '--root', 'root.pem'], { folder: trusting() });
      expect(host).toMatchObject({ host: '::1', address: '::1', nameMatches: true, use: 'verify-full' });
    }
  });

  it('several, each for itself; the worst makes the exit code', async () => {
    const [one, two] = [await start({ shows: [good] }), await start({ plaintext: 'accepted' })];
    const list = `127.0.0.1:${one.port},127.0.0.1:${two.port}`;
    const both = await probeJson([list]);
    expect(both.report.hosts.map(({ port, plaintext }) => [port, plaintext])).toEqual([[one.port, 'refused'], [two.port, 'accepted']]);
    expect(both.code).toBe(1);
    const words = list.split(',');
    expect((await probeJson(words)).report.hosts).toHaveLength(2);
    expect((await probeJson(['--from', `postgres://${list}/app`])).report.hosts).toHaveLength(2);
    const { code, stdout } = await probe([...words, '127.0.0.1:1']);
    expect(code).toBe(2);
    expect(stdout.match(/^127\.0\.0\.1:/gm)).toHaveLength(3);
  });

  it.for([
    ['postgres://app:hunter2@127.0.0.1:PORT/app'],
    ['host=127.0.0.1 port=PORT user=app password=hunter2'],
    ['jdbc:postgresql://127.0.0.1:PORT/app?user=app&password=hunter2'],
    ['Host=127.0.0.1;Port=PORT;Username=app;Password=hunter2'],
  ])('in %s', async ([text = '']) => {
    const { port } = await start({ plaintext: 'accepted' });
    const argument = text.replace('PORT', String(port));
    for (const given of [[argument], ['-']]) {
      const { host, report, stderr } = await probeJson(['--from', ...given], { stdin: `${argument}\n` });
      expect(host).toMatchObject({ port, plaintext: 'accepted' });
      expect(JSON.stringify(report) + stderr).not.toContain('hunter2');
    }
  });
});

describe('a policy', () => {
  it('that asks for more than works makes the exit code 1', async () => {
    const { port } = await start({ shows: [good] });
    const policy = { 'sslmode.config.yaml': 'hosts: { "localhost": { minimum: verify-full } }\n', 'root.pem': root.cert };
    const without = await probeJson([`localhost:${port}`], { folder: folderOf(policy) });
    expect(without.code).toBe(1);
    expect(without.problems).toMatch(/The best that works with it from here, require, falls short of verify-full, which the policy asks for/);
    expect((await probeJson([`localhost:${port}`, '--root', 'root.pem'], { folder: folderOf(policy) })).code).toBe(0);
  });

  it('that knows the CA for a private one is content with verify-ca', async () => {
    const { port } = await start({ shows: [await issue('CN=other', root, { names: ['other'] })] });
    const folder = folderOf({ 'sslmode.config.yaml': 'hosts: { "localhost": { minimum: verify-full, ca: private } }\n', 'root.pem': root.cert });
    const { code, problems } = await probeJson([`localhost:${port}`, '--root', 'root.pem'], { folder });
    expect(code).toBe(0);
    expect(problems).not.toContain('falls short');
  });

  it('that expects a root names it where the chain ends in another', async () => {
    const { port } = await start({ shows: [good] });
    const folder = folderOf({ 'sslmode.config.yaml': 'hosts: { "localhost": { preset: "sslmode:query-service" } }\n', 'root.pem': root.cert });
    expect((await probeJson([`localhost:${port}`, '--root', 'root.pem'], { folder })).problems).toMatch(/ends in "Example Root", and the policy expects "DigiCert Global Root G2"/);
  });

  it('that is broken is exit code 2', async () => {
    const { code, stderr } = await probe(['127.0.0.1:1'], { folder: folderOf({ 'sslmode.config.yaml': 'minimun: require\n' }) });
    expect(code).toBe(2);
    expect(stderr).toMatch(/minimum/);
  });
});

describe('--compare', () => {
  const clientsOf = (port: number): Readonly<Record<string, string>> => ({
    'off.env': `DATABASE_URL=postgres://app:hunter2@localhost:${port}/app?sslmode=disable\n`,
    'weak.env': `DATABASE_URL=postgres://app@localhost:${port}/app?sslmode=require\n`,
    'full.env': `DATABASE_URL=postgres://app@localhost:${port}/app?sslmode=verify-full\n`,
    'other.env': 'DATABASE_URL=postgres://app@db.example.com/app?sslmode=disable\n',
    'hidden.env': 'DATABASE_URL=postgres://app@${DB_HOST}/app?sslmode=disable\n',
    'sslmode.config.yaml': 'drivers: { default: libpq }\n',
    'root.pem': root.cert,
  });

  it('says which clients fail, and which fall short', async () => {
    const { port } = await start({ shows: [good] });
    const folder = folderOf(clientsOf(port));
    const { code, report } = await probeJson([`localhost:${port}`, '--root', 'root.pem', '--compare', '.'], { folder });
    expect(report.comparison).toMatchObject({ connections: 5, compared: 3, hidden: 1 });
    expect(report.comparison?.clients.map(({ file, effective, verdict }) => [file, effective, verdict])).toEqual([
      ['off.env', 'disable', 'fails'],
      ['weak.env', 'require', 'falls-short'],
    ]);
    expect(code).toBe(1);
    const { stdout } = await probe([`localhost:${port}`, '--root', 'root.pem', '--compare', '.'], { folder });
    expect(stdout).toMatch(/^off\.env:1:14: fails \(DATABASE_URL\): Cannot connect: .*uses no TLS here, and the server lets nobody in without it/m);
    expect(stdout).toMatch(/^weak\.env:1:14: falls short \(DATABASE_URL\): .*verify-full works/m);
    expect(stdout).toMatch(/^3 of 5 connections go there: 1 cannot connect, 1 fall short of what the server offers\. Of 1 connection the host is hidden/m);
    expect(stdout).not.toContain('hunter2');
  });

  it('is content where all is well', async () => {
    const { port } = await start({ shows: [good] });
    const { 'full.env': full = '', 'root.pem': pem = '' } = clientsOf(port);
    const { code, report } = await probeJson([`localhost:${port}`, '--root', 'root.pem', '--compare', '.'], { folder: folderOf({ '.env': full, 'root.pem': pem }) });
    expect(report.comparison).toMatchObject({ compared: 1, clients: [] });
    expect(code).toBe(0);
  });

  it('says who fails against a server without TLS, and who cannot trust one', async () => {
    const plain = await start({ plaintext: 'password-asked' });
    const without = await probeJson([`localhost:${plain.port}`, '--compare', '.'], { folder: folderOf(clientsOf(plain.port)) });
    expect(without.report.comparison?.clients.map(({ file, verdict }) => [file, verdict])).toEqual([['full.env', 'fails'], ['weak.env', 'fails']]);
    const unknown = await start({ shows: [good] });
    const untrusted = await probeJson([`localhost:${unknown.port}`, '--compare', 'full.env'], { folder: folderOf(clientsOf(unknown.port)) });
    expect(untrusted.report.comparison?.clients[0]?.message).toMatch(/ends in "Example Root"\): it fails unless its own file of roots holds that root/);
  });

  it('goes by the port: a pooler is not what is behind it', async () => {
    const [server, pooler] = [await start({ shows: [good] }), await start({ plaintext: 'password-asked' })];
    const files = {
      'server.env': `DATABASE_URL=postgres://app@localhost:${server.port}/app?sslmode=verify-full\n`,
      'pooler.env': `PGHOST=localhost\nPGPORT=${pooler.port}\nPGSSLMODE=require\n`,
      'pool.js': `import { Pool } from 'pg';\nnew Pool({ host: 'localhost', port: ${pooler.port}, ssl: true });\n`,
      'elsewhere.env': 'DATABASE_URL=postgres://app@localhost/app?sslmode=disable\n',
      'hidden.env': 'DATABASE_URL=postgres://app@localhost:${PORT}/app?sslmode=disable\n',
      'sslmode.config.yaml': 'drivers: { default: libpq }\n',
      'root.pem': root.cert,
    };
    const { report } = await probeJson([`localhost:${server.port},localhost:${pooler.port}`, '--root', 'root.pem', '--compare', '.'], { folder: folderOf(files) });
    expect(report.comparison?.clients.map(({ file, verdict }) => [file, verdict])).toEqual([['hidden.env', 'fails'], ['pool.js', 'fails'], ['pooler.env', 'fails']]);
    expect(report.comparison).toMatchObject({ connections: 5, compared: 4 });
  });

  it('of a path that is not there connects to nothing', async () => {
    const { port, received } = await start({ shows: [good] });
    const { code, stderr } = await probe([`localhost:${port}`, '--compare', 'nowhere']);
    expect(code).toBe(2);
    expect(stderr).toBe('sslmode: There is no file or folder "nowhere".\n');
    expect(received).toEqual([]);
  });
});

describe('wrong usage', () => {
  it.for<[argv: string[], message: RegExp]>([
    [[], /^Which server\?/],
    [['a', '--from', 'host=b'], /leave HOST out/],
    [['postgres://app:hunter2@h/d'], /For a connection string: sslmode probe --from STRING/],
    [['host=h password=hunter2'], /For a connection string/],
    [['--from', 'hunter2 is no string'], /^--from takes a connection string/],
    [['--from', 'postgres://app:hunter2@${HOST}/d'], /a template hides the host/],
    [['--from', 'postgres://app:hunter2@[::1/d'], /^--from: /],
    [['--from', 'postgres:///d?host=/var/run/postgresql'], /Unix socket/],
    [['/var/run/postgresql'], /Unix socket/],
    [['a:0'], /they go from 1 to 65535/],
    [['a:65536'], /they go from 1 to 65535/],
    [['a:b'], /they go from 1 to 65535/],
    [['::1:x'], /written \[::1\]:5432/],
    [[''], /A host is missing/],
    [['a,,b'], /A host is missing/],
    [['a b'], /is no name of a host/],
    [['a', '--timeout', '0'], /--timeout takes a number of seconds/],
    [['a', '--timeout', 'soon'], /--timeout takes a number of seconds/],
    [['a', '--root', 'nowhere.pem'], /nowhere\.pem \(--root\) is not there/],
    [['a', '--format', 'sarif'], /pretty or json/],
  ])('%j', async ([argv, message]) => {
    const { code, stdout, stderr } = await probe(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.replace(/^sslmode: /, '')).toMatch(message);
    expect(stderr).not.toContain('hunter2');
  });
});

function sha256(pem: string): string {
  return createHash('sha256').update(new X509Certificate(pem).raw).digest('hex').toUpperCase();
}
