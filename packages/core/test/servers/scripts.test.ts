import { describe, expect, it } from 'vitest';
import { findings } from './check.ts';

const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;

describe('what a script writes into the configuration of a server', () => {
  it.for<[what: string, name: string, text: string, expected: string[]]>([
    ['echo', 'init.sh', lines('echo "host all all all md5" >> "$PGDATA/pg_hba.conf"'), ['1 plaintext: host']],
    ['echo without quotes', 'init.sh', lines('echo host all all all md5 >>/data/pg_hba.conf'), ['1 plaintext: host']],
    ['echo that begins the file', 'init.sh', lines("echo 'hostnossl all all all md5' > ${PGDATA}/pg_hba.conf"), ['1 only-plaintext: hostnossl']],
    ['printf of several lines', 'init.sh', lines(String.raw`printf 'local all all peer\nhost all all 10.0.0.0/8 trust\n' >> $PGDATA/pg_hba.conf`), ['1 anybody: host']],
    ['a here-document', 'init.sh', lines('cat >> $PGDATA/pg_hba.conf <<EOF', 'host all all all md5', 'EOF'), ['2 plaintext: host']],
    ['a here-document before the target', 'init.sh', lines("cat <<'EOF' >> $PGDATA/pg_hba.conf", 'hostssl all all all md5', 'host all all all password', 'EOF'), ['3 plaintext-passwords: host']],
    ['tee', 'init.sh', lines('echo "host all all all md5" | sudo tee -a /etc/postgresql/17/main/pg_hba.conf'), ['1 plaintext: host']],
    // docker-entrypoint.sh of the official image has it so.
    ['a group', 'init.sh', lines('{', '\techo', '\techo "host all all all trust"', '} >> "$PGDATA/pg_hba.conf"'), ['3 anybody: host']],
    ['parameters', 'init.sh', lines('echo "ssl = off" >> $PGDATA/postgresql.conf'), ['1 only-plaintext: off']],
    ['parameters that listen to this machine alone', 'init.sh', lines("echo \"listen_addresses = 'localhost'\" >> $PGDATA/postgresql.conf", 'echo "ssl = off" >> $PGDATA/postgresql.conf'), []],
    ['a Dockerfile', 'Dockerfile', lines('FROM postgres:17', 'RUN echo "host all all 0.0.0.0/0 md5" >> /usr/share/postgresql/pg_hba.conf.sample && \\', '    echo "ssl = off" >> /usr/share/postgresql/postgresql.conf.sample'), ['2 plaintext: host', '3 only-plaintext: off']],
    ['what an earlier line shuts out', 'init.sh', lines('echo "host all all all reject" > $PGDATA/pg_hba.conf', 'echo "host all all all md5" >> $PGDATA/pg_hba.conf'), []],
    // It is looked for there, or stands in another file.
    ['what is looked for', 'init.sh', lines('grep -q "host all all all md5" $PGDATA/pg_hba.conf'), []],
    ['another file', 'init.sh', lines('echo "host all all all md5" >> notes.txt', 'cat $PGDATA/pg_hba.conf'), []],
    ['what is read from there', 'init.sh', lines('while read -r x; do echo "host all all all md5"; done < $PGDATA/pg_hba.conf'), []],
  ])('%s', ([, name, text, expected]) => {
    expect(findings(name, text)).toEqual(expected);
  });
});
