import { APPLICATIONS, type Application, type Connection, driverOfApplication } from '../../packages/core/src/applications/index.ts';
import { driverOf, versionLabel } from '../../packages/core/src/drivers/index.ts';
import { modeOf } from '../../packages/core/src/mode.ts';
import { parseString } from '../../packages/core/src/settings/index.ts';
import { code, table } from './markdown.ts';

/** The table of docs/applications.md: a row for each way to say a connection. */
export function applicationTable(): string {
  return table(
    ['application', 'driver', 'variables', 'what they mean', 'nothing said', 'for a verified connection', 'source'],
    [...APPLICATIONS].sort((a, b) => a.name.toLowerCase().localeCompare(b.name.toLowerCase(), 'en')).flatMap((application) =>
      application.connections.map((connection, at) => [
        at === 0 ? application.name : '',
        at === 0 ? driverIn(application) : '',
        [placesOf(connection), ...tlsOf(connection)].join(', '),
        connection.meaning,
        code(unsaid(application, at)),
        toVerify(application, connection),
        at === 0 ? application.sources.map(sourceOf).join('; ') : '',
      ]),
    ),
  );
}

/** How many there are, for the page's text. */
export function applicationCount(): string {
  return `${APPLICATIONS.length} are known:\n`;
}

function driverIn({ driver, version, over }: Application): string {
  return over ?? `[${driverOf(driver)?.title ?? driver}${version === undefined ? '' : ` ${version}`}](drivers/${driver}.md)`;
}

function placesOf({ string, host }: Connection): string {
  return [string, host].flatMap((name) => (name === undefined ? [] : [code(name)])).join(' or ') + (host === undefined ? '' : ' …');
}

function tlsOf({ parameters = {}, switches = {} }: Connection): readonly string[] {
  // A parameter of the string's own is named in its meaning.
  return [...Object.values(parameters), ...Object.keys(switches)].filter((name) => name === name.toUpperCase()).map(code);
}

function unsaid(application: Application, at: number): string {
  const driver = driverOfApplication({ id: application.id, at }, driverOf);
  const version = driver === undefined ? undefined : versionLabel(driver, null);
  if (driver === undefined || version === undefined) throw new Error(`${application.id} has no driver`);
  const string = parseString(driver.forms.includes('url') ? 'postgresql://app@db.example.com/app' : 'jdbc:postgresql://db.example.com/app');
  const outcome = driver.outcome({ form: driver.forms.includes('url') ? 'url' : 'jdbc', string, options: undefined, environment: new Map(), rootCertificate: undefined }, version, {});
  return outcome.kind === 'refuses' ? 'error' : modeOf(outcome.encrypts, outcome.verifies);
}

function toVerify({ driver }: Application, { verified, instead }: Connection): string {
  if (instead !== undefined) return instead;
  if (verified === undefined) return `in the string, as [its driver](drivers/${driver}.md) reads it`;
  const inside = driverOf(driver);
  const spelled = inside?.spell('verify-full', 'ca.pem', versionLabel(inside, null) ?? '').string ?? [];
  const query = spelled.map((pair) => pair.join('=')).join('&');
  return verified.map(([name, value]) => code(`${name}=${value.replace('{root}', '/path/to/ca.pem').replace('{ca}', '/path/to/ca.pem').replace('{query}', query)}`)).join(' ');
}

function sourceOf(source: string): string {
  const [, repository, commit, path, rest = ''] = /^([\w.-]+\/[\w.-]+) ([0-9a-f]{7,}) (\S+?)(:? .*)?$/.exec(source) ?? [];
  if (repository !== undefined && commit !== undefined && path !== undefined) return `[${path.split('/').at(-1)?.replace(/:$/, '') ?? path}](https://github.com/${repository}/blob/${commit}/${path.replace(/:$/, '')})${rest === '' ? '' : ` ${rest.replace(/^:? /, '')}`}`;
  return source.startsWith('https://') ? `[${source.split('/')[2] ?? source}](${source})` : source;
}
