// `prefer` on the own machine, and where it is a word of something else.
import postgres from 'postgres';
export const local = postgres({ host: 'localhost', ssl: 'prefer' });
export const preference = { ssl: 'prefer', theme: 'dark' };
export const headers = { Prefer: 'return=representation' };
