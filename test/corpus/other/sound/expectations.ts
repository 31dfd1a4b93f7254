// Connection strings in tests: what is expected, thrown, matched and described.
import { describe, expect, it, vi } from 'vitest';
import { parse } from './parse';
describe('postgres://db.acme.com/app?sslmode=disable', () => {
  it('reads postgres://app:secret@db.acme.com/app?sslmode=prefer', () => {
    expect(parse('x')).toEqual('postgres://app:secret@db.acme.com/app?sslmode=disable');
    expect(() => parse('y')).toThrow('cannot connect to postgres://db.acme.com/app?sslmode=disable');
    expect(vi.fn()).toHaveBeenCalledWith('postgres://db.acme.com/app?sslmode=disable');
    expect(parse('z')).toMatch(/^postgres:\/\/.*sslmode=(disable|allow|prefer)/);
  });
});
