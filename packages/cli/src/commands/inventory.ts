import type { Io } from '../io.ts';
import type { Arguments } from '../options.ts';
import { INVENTORY_REPORTERS } from '../reporters/inventory.ts';
import type { ScanSettings } from '../scan/options.ts';
import { runScan } from '../scan/scan.ts';
import { deliver, wantedFormats } from './outputs.ts';
import { list, reportFailures } from './scan.ts';
import { Progress } from './progress.ts';
import { settingsOf } from './selection.ts';

const FORMATS = ['pretty', 'json', 'csv', 'markdown'] as const;

/** `sslmode inventory [PATH...]` */
export async function inventory(args: Arguments, io: Io): Promise<number> {
  const wanted = wantedFormats(args.all('format'), FORMATS);
  const progress = new Progress(io);
  const settings: ScanSettings = { ...(await settingsOf(args, io)), baseline: { use: 'none', update: false }, onProgress: (files: number) => { progress.update(files); } };
  if (args.has('list-files')) return list(settings, io);
  const result = await runScan(settings).finally(() => { progress.end(); });
  for (const { format, file } of wanted) {
    deliver((paint) => INVENTORY_REPORTERS[format](result, paint), file, io, args.get('color'));
  }
  reportFailures(result.failures, io);
  return result.failures.length > 0 || (args.has('strict-collection') && result.report.problems.length > 0) ? 2 : 0;
}
