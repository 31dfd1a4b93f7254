import { expect, it } from 'vitest';
import { explain } from '../../src/index.ts';

/*
 * What libpq refuses of hosts, addresses and ports. That PQconnectStart refuses the very same is held against it in
 * test/differential/libpq-connect.test.ts, with generated strings; here is what it says of each kind.
 */

it.for<[string: string, refusal: string | null]>([
  ['host=a port=5432', null],
  ['host=a,b port=5432', null],
  ['host=a,b port=5432,5433', null],
  ["host=a,b port=''", null],
  ['host=a,b port=5432,', null],
  ['host=a port=5432,5433', 'it has 2 ports for 1 host'],
  ['host=a,b,c port=5432,5433', 'it has 2 ports for 3 hosts'],
  ['port=5432,5433', 'it has 2 ports for 1 host'],
  ['hostaddr=127.0.0.1,::1 port=5432,5433', null],
  ['host=a hostaddr=127.0.0.1', null],
  ['host=a hostaddr=127.0.0.1,::1', 'it has 1 host name for 2 addresses'],
  ['host=a,b hostaddr=127.0.0.1', 'it has 2 host names for 1 address'],
  ["host='' hostaddr=127.0.0.1,::1", null],
  ["host=a,b hostaddr=''", null],
  ['host=a hostaddr=db.example.com', 'its `hostaddr` is no address'],
  ['host=a hostaddr=[::1]', 'its `hostaddr` is no address'],
  ['host=a,b hostaddr=db.example.com,::1', null],
  ['host=a port=x', 'its port is no number'],
  ['host=a port=2147483648', 'its port is no number'],
  ["host=a port=' +5432 '", null],
  ['host=a port=0', 'its port is not between 1 and 65535'],
  ['host=a port=65535', null],
  ['host=a port=1', null],
  ['host=a port=1x', 'its port is no number'],
  ['host=a port=x1', 'its port is no number'],
  ['host=a,b port=0', 'its port is not between 1 and 65535'],
  ['host=a port=65536', 'its port is not between 1 and 65535'],
  // A number that is none of a port is passed over, a word is not.
  ['host=a,b port=65536,5432', null],
  ['host=a,b port=65536,0', 'its port is not between 1 and 65535'],
  ['host=a,b port=x,5432', 'its port is no number'],
  ['host=a,b port=65536,x', 'its port is no number'],
  ['host=a,b port=5432,x', null],
  // Which one comes first is left to chance.
  ['host=a,b port=x,5432 load_balance_hosts=random', null],
  ['host=a,b port=x,0 load_balance_hosts=random', 'its port is not between 1 and 65535'],
  ['host=a,b port=x,5432 load_balance_hosts=disable', 'its port is no number'],
  // The last list of a name counts.
  ['host=a port=1,2 port=3', null],
  ['host=a,b port=1,2 host=c', 'it has 2 ports for 1 host'],
  ['postgres://a:1,b:2/app', null],
  ['postgres://a,b:2/app', null],
  ['postgres://u:p,q@a:1/app', null],
  ['postgres://u:p@a:1,b,c/app?application_name=x', null],
  ['postgres://a:65536/app', 'its port is not between 1 and 65535'],
  ['postgres://a:65536,b/app', null],
  ['postgres://a,b/app?port=1,2,3', 'it has 3 ports for 2 hosts'],
  ['postgres://a:1,b:2/app?port=3', null],
  ['postgres://a:1,b:2/app?host=c', 'it has 2 ports for 1 host'],
  ['postgres://a/app?host=b,c&port=1,2', null],
  ['postgres:///app', null],
  // A template may be several.
  ['postgres://${HOSTS}/app?port=1,2', null],
  ['host=$HOSTS port=1,2', null],
])('%s', ([string, refusal]) => {
  const [verdict] = explain({ string, driver: 'libpq@18' });
  if (refusal === null) expect(verdict?.effective, verdict?.reasons.join()).not.toBe('error');
  else expect(verdict).toMatchObject({ effective: 'error', reasons: [expect.stringContaining(refusal) as string] });
});
