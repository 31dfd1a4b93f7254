import { PROVIDERS, type Provider } from '../../packages/core/src/hosts/providers.ts';
import { code, table } from './markdown.ts';

/** The table of docs/providers.md. */
export function providerTable(): string {
  return table(
    ['provider', 'hosts', 'root certificate', 'who else gets certificates from it', 'use', 'documentation'],
    PROVIDERS.map((provider) => [
      provider.name,
      provider.hosts.map(code).join(', '),
      provider.root.file === null ? rootless(provider) : code(provider.root.file),
      provider.root.file === null && provider.root.issuesTo !== 'anyone' ? '' : WHO[provider.root.issuesTo],
      useOf(provider),
      `[${new URL(provider.root.where).hostname}](${provider.root.where})`,
    ]),
  );
}

/** The table of docs/tls.md: what to do where. */
export function providerAdvice(): string {
  return table(['provider', 'use', 'what that needs'], PROVIDERS.map((provider) => [provider.name, useOf(provider), provider.advice]));
}

const WHO: Readonly<Record<Provider['root']['issuesTo'], string>> = {
  anyone: 'anyone',
  customers: 'its other customers',
  instance: 'nobody',
};

function rootless({ root }: Provider): string {
  return root.issuesTo === 'anyone' ? 'public roots: none to download' : 'none to be had';
}

function useOf({ root, nameMatches }: Provider): string {
  if (nameMatches) return code('verify-full');
  return root.file === null ? 'cannot be verified' : `${code('verify-ca')}: the name does not match, and no other server has a certificate of this CA`;
}
