import { type Library, isNothing, stringOf } from './library.ts';

/** Slonik: `createPool(dsn, configuration)`; what it gives pg is in its model. */
export const slonik: Library = {
  driver: 'slonik',
  modules: { slonik: ['createPool'] },
  read([first, second], look) {
    const options = second === undefined || isNothing(second.value) ? undefined : second.value;
    return [{ string: stringOf(first?.value, look), options }];
  },
};
