import { expect, it } from 'vitest';
import { labelOf } from '../../src/drivers/versions.ts';

const MAJORS = [{ label: '8', released: true }, { label: '9', released: false }];
const MINORS = [{ label: '4', released: true }, { label: '5.0', released: true }, { label: '5.7', released: true }, { label: '5.10', released: true }, { label: '5.11', released: false }];
const SINCE = [{ label: '42.2.4', since: '0', released: true }, { label: '42.2.5', released: true }];

it.for([
  [MAJORS, '8', '8'],
  [MAJORS, '8.11.3', '8'],
  [MAJORS, '9', '9'],
  [MAJORS, '10', undefined],
  [MAJORS, '7.18.2', undefined],
  [MINORS, '5', '5.10'],
  [MINORS, '5.8.2', '5.7'],
  [MINORS, '5.11', '5.11'],
  [MINORS, 'v5.9.2', '5.7'],
  [MINORS, '6', undefined],
  [SINCE, '42.2', '42.2.5'],
  [SINCE, '9.4.1212', '42.2.4'],
  [SINCE, '42.2.4.jre7', '42.2.4'],
  [SINCE, '42.7.3', '42.2.5'],
  [SINCE, 'next', undefined],
] as const)('of %j, %s is %s', ([versions, wanted, label]) => {
  expect(labelOf(versions, wanted)).toBe(label);
});
