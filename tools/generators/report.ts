import type { Io } from '../../packages/cli/src/io.ts';
import { main } from '../../packages/cli/src/main.ts';

/** What `npm run scan` prints of the sample project, but for the time that it took. */
export async function exampleReport(root: string): Promise<string> {
  let report = '';
  const io: Io = {
    cwd: root,
    env: {},
    stdout: { isTTY: false, write: (text) => void (report += text) },
    stderr: { isTTY: false, write: (text) => { throw new Error(text); } },
    readStdin: () => Promise.resolve(new Uint8Array()),
    now: () => new Date(),
  };
  await main(['scan', 'examples'], io);
  return report.replace(/ in \d+ ms/, ' in 50 ms');
}

/** The findings at these places, and the numbers: what the front page has room for. */
export function excerpt(report: string, places: readonly string[]): string {
  const blocks = report.trimEnd().split('\n\n');
  const chosen = places.map((place) => {
    const block = blocks.find((text) => text.includes(`--> ${place}:`));
    if (block === undefined) throw new Error(`the report has no finding at ${place}`);
    return block;
  });
  return `\`\`\`text\n${[...chosen, blocks.at(-1) ?? ''].join('\n\n')}\n\`\`\`\n`;
}
