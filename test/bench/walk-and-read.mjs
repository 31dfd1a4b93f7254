// The least that a scanner in Node can do: list a tree and read the files whose name ends as said.
import { readFileSync, readdirSync } from 'node:fs';

const [root, pattern] = process.argv.slice(2);
const wanted = new RegExp(pattern);
const folders = [root];
let found = 0;
for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && entry.name !== '.git') folders.push(path);
    } else if (wanted.test(entry.name) && readFileSync(path).includes('postgres')) found++;
  }
}
console.log(found);
