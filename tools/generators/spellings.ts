import { DRIVERS, type Driver } from '../../packages/core/src/index.ts';
import { code, table } from './markdown.ts';
import { formOf, inString, newest } from './written.ts';

/** How each driver's user writes verify-full: what the messages advise, too. */
export function spellings(): string {
  return table(
    ['driver', 'a public CA', 'a file'],
    DRIVERS.filter(({ sameAs }) => sameAs === undefined).map((driver) => [`[${driver.title} ${newest(driver)}](drivers/${driver.id}.md)`, spelled(driver, null), spelled(driver, 'root.crt')]),
  );
}

function spelled(driver: Driver, root: string | null): string {
  const form = formOf(driver);
  const { string, options, environment, condition } = driver.spell('verify-full', root, newest(driver));
  const ways = [
    ...(form === null || string === null ? [] : [form === 'ado' ? code(string.map((pair) => pair.join('=')).join(';')) : inString(form, ...string).written]),
    ...(options === null ? [] : [code(options)]),
    ...(environment === null ? [] : [environment.map((pair) => code(pair.join('='))).join(' ')]),
  ];
  return `${ways.join(', or ')}${condition === null ? '' : ` (${condition})`}`;
}
