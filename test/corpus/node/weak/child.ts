// For the program that is started.
import { spawn } from 'node:child_process';
spawn('node', ['migrate.js'], { env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' } }); // reports: no-global-tls-bypass
