import type { ServerEnd } from '../judge/ends.ts';
import type { Judgement, Verdict } from '../judge/judgement.ts';
import { type Mode, isWeaker } from '../mode.ts';
import { ownText } from '../redact.ts';
import type { RuleProblem } from './rule.ts';
import { advice, driverName } from './words.ts';

/** What a connection and its server say that does not go together; messages are those of no-conflicting-settings. */
export function checkBothEnds(judgement: Judgement): readonly RuleProblem[] {
  const { server, verdicts, decidedBy, site, falls } = judgement;
  if (server === null) return [];
  const connecting = verdicts.filter(({ outcome }) => outcome.kind === 'connects');
  const failing = connecting.filter((verdict) => fails(verdict, server));
  const [verdict] = failing.length > 0 ? failing : connecting.filter((each) => fallsShort(each, server));
  // A mode that falls short of the policy has a finding of its own.
  if (verdict === undefined || (failing.length === 0 && falls !== null)) return [];
  const remedy = server.offersTls ? advice(judgement) : ownText('Turn TLS on there, or leave it out here if nobody else is on the way.');
  return [
    {
      messageId: failing.length === 0 ? 'short-of-server' : server.offersTls ? 'server-insists' : 'server-without-tls',
      data: { driver: driverName(verdict), product: ownText(server.product), because: server.because, place: server.place, remedy },
      span: decidedBy?.span ?? site.span,
      caption: ownText(failing.length === 0 ? 'less than the server offers' : 'the server does not take this'),
      remedy,
      suggestions: [],
      related: [],
      threshold: null,
      unsure: (failing.length > 0 ? failing : connecting.filter((each) => fallsShort(each, server))).length < connecting.length,
      driver: verdict.name,
    },
  ];
}

/** Settings that are not known may well go together. */
function modeOf({ effective }: Verdict): Mode | null {
  return effective === 'error' || effective === 'unknown' ? null : effective;
}

function fails(verdict: Verdict, { offersTls, insists }: ServerEnd): boolean {
  const mode = modeOf(verdict);
  return mode !== null && (offersTls ? insists && mode === 'disable' : !isWeaker(mode, 'require'));
}

function fallsShort(verdict: Verdict, { offersTls }: ServerEnd): boolean {
  const mode = modeOf(verdict);
  return mode !== null && offersTls && isWeaker(mode, 'require');
}
