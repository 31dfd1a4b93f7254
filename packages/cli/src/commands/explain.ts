import { DRIVERS, didYouMean, explain as explainConnection, type ExplainInput, type Verdict } from '@sslmode/core';
import { UsageError, type Io } from '../io.ts';
import { quoted, type Arguments } from '../options.ts';
import { paintFor, table, visible, type Paint } from '../terminal.ts';
import { lineFrom } from './lines.ts';

/** `sslmode explain [STRING]` */
export async function explain(args: Arguments, io: Io): Promise<number> {
  const input = await inputOf(args, io);
  const drivers = args.all('driver');
  const verdicts = drivers.length === 0 ? explainConnection(input) : drivers.flatMap((driver) => explainWith(driver, input));
  if (args.get('format') === 'json') {
    io.stdout.write(`${JSON.stringify({ schemaVersion: 1, verdicts }, null, 2)}\n`);
  } else if (verdicts.length > 0) {
    io.stdout.write(pretty(verdicts, paintFor(io, io.stdout, args.get('color')), io.stdout.columns));
  }
  if (verdicts.length > 0) return 0;
  io.stderr.write('sslmode: No driver takes this form.\n');
  return 2;
}

function explainWith(driver: string, input: ExplainInput): readonly Verdict[] {
  const id = driver.split('@', 1)[0] ?? '';
  const known = DRIVERS.map((each) => each.id);
  try {
    return explainConnection({ ...input, driver });
  } catch (error) {
    // Of a driver or version that there is not.
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`--driver ${quoted(driver)}: ${error.message}.${(known as readonly string[]).includes(id) ? '' : didYouMean(id, known)}`);
  }
}

/** What is asked. Nothing of it may stand in an error: it holds passwords. */
async function inputOf(args: Arguments, io: Io): Promise<ExplainInput> {
  const [word, ...more] = args.positionals;
  if (more.length > 0) throw new UsageError('explain takes one string: put it in quotes.');
  const options = args.get('options');
  const variables = args.all('env');
  if (word === undefined && options === undefined && variables.length === 0) {
    throw new UsageError("Nothing to explain. Give a connection string in single quotes, - for standard input, or --options JSON.");
  }
  const rootCertificate = args.get('root-certificate');
  return {
    ...(word === undefined ? {} : { string: word === '-' ? await lineFrom(io) : word }),
    ...(options === undefined ? {} : { options: parseOptions(options) }),
    ...(variables.length === 0 ? {} : { env: Object.fromEntries(variables.map(parseVariable)) }),
    ...(rootCertificate === 'present' || rootCertificate === 'absent' ? { rootCertificate } : {}),
  };
}

function parseOptions(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new UsageError(`--options takes JSON, for instance --options '{"ssl":{"rejectUnauthorized":false}}'.`);
  }
}

function parseVariable(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError('--env takes NAME=VALUE.');
  return [text.slice(0, at), text.slice(at + 1)];
}

/** What each mode comes to, in words so few that the table fits a terminal: docs/how-it-judges.md has more. */
const MEANING: Readonly<Record<Verdict['effective'], readonly [eavesdropper: string, impostor: string]>> = {
  disable: ['reads all', 'succeeds'],
  allow: ['reads most', 'succeeds'],
  prefer: ['can read all', 'succeeds'],
  require: ['shut out', 'succeeds'],
  'verify-ca': ['shut out', 'needs the same CA'],
  'verify-full': ['shut out', 'shut out'],
  error: ['no connection', 'no connection'],
  unknown: ['cannot be said', 'cannot be said'],
};

/** Of an unknown can be said what holds at both ends. */
function meaningOf({ effective, weakest, strongest }: Verdict): readonly [eavesdropper: string, impostor: string] {
  if (effective !== 'unknown') return MEANING[effective];
  const [eavesdropper, impostor] = MEANING[weakest].map((text, at) => (text === MEANING[strongest][at] ? text : 'cannot be said'));
  return [eavesdropper ?? '', impostor ?? ''];
}

function pretty(verdicts: readonly Verdict[], paint: Paint, width: number | undefined): string {
  const rows = verdicts.map((verdict) => {
    const [eavesdropper, impostor] = meaningOf(verdict);
    return [nameOf(verdict), colored(verdict, paint), eavesdropper, impostor, visible(verdict.reasons[0] ?? '')];
  });
  const heads = ['DRIVER', 'EFFECTIVE', 'EAVESDROPPER', 'IMPOSTOR', 'WHY'].map((head) => paint.bold(head));
  const notes = verdicts.flatMap((verdict) => notesOf(verdict).map((note) => [`${nameOf(verdict)}:`, visible(note)]));
  return table([heads, ...rows], '', width) + (notes.length === 0 ? '' : `\n${table(notes, '', width)}`);
}

function nameOf({ driver, version }: Verdict): string {
  return `${driver} ${version}`;
}

function colored({ effective, weakest, strongest }: Verdict, paint: Paint): string {
  switch (effective) {
    case 'verify-full':
      return paint.green(effective);
    case 'require':
    case 'verify-ca':
      return paint.yellow(effective);
    case 'unknown':
      return paint.yellow(`${weakest} to ${strongest}`);
    case 'error':
      return paint.yellow('refuses');
    default:
      return paint.red(effective);
  }
}

function notesOf({ reasons, ignored, needs, mitigations }: Verdict): string[] {
  return [
    ...reasons.slice(1),
    ...ignored.map(({ setting, why }) => `ignores \`${setting}\`: ${why}`),
    ...needs.map((need) => NEEDS[need] ?? `needs ${need}`),
    ...mitigations.map((mitigation) => MITIGATIONS[mitigation] ?? mitigation),
  ];
}

const NEEDS: Readonly<Record<string, string>> = {
  'root-certificate': 'needs a root certificate file; without it there is no connection',
};

const MITIGATIONS: Readonly<Record<string, string>> = {
  'channel-binding': "channel_binding=require: an impostor without the password's verifier cannot complete the login",
  'no-cleartext-password': 'require_auth: the password is never sent in cleartext',
};
