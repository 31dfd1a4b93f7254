<?php
// PDO for keywords and values, which it takes for its DSN; pg_connect() for URLs, which PDO breaks by what it writes behind
// them (php-src ext/pdo_pgsql/pgsql_driver.c: "%s connect_timeout=30"). The line protocol is that of serve.ts.
function say(array $message): void
{
    fwrite(STDOUT, json_encode($message) . "\n");
    fflush(STDOUT);
}

set_error_handler(function (int $level, string $message): bool {
    throw new ErrorException($message);
});

function connect(string $string): void
{
    if (preg_match('~^postgres(ql)?://~', $string)) {
        $connection = pg_connect($string, PGSQL_CONNECT_FORCE_NEW);
        pg_query($connection, 'select 1');
        pg_close($connection);
    } else {
        (new PDO("pgsql:$string", null, null, [PDO::ATTR_TIMEOUT => 3]))->query('select 1');
    }
}

say(['version' => phpversion('pdo_pgsql') . ' over libpq ' . pg_version_of_library()]);
while (($line = fgets(STDIN)) !== false) {
    $task = json_decode($line, true);
    $before = [];
    foreach ($task['environment'] as $name => $value) {
        $before[$name] = getenv($name);
        putenv($value === null ? $name : "$name=$value");
    }
    try {
        connect($task['string'] ?? '');
        $reply = ['ok' => true];
    } catch (Throwable $error) {
        $reply = ['ok' => false, 'error' => $error->getMessage(), 'unfinished' => false];
    }
    say($reply);
    foreach ($before as $name => $value) {
        putenv($value === false ? $name : "$name=$value");
    }
}

/** PHP tells it on its page alone. */
function pg_version_of_library(): string
{
    ob_start();
    (new ReflectionExtension('pgsql'))->info();
    preg_match('/\(libpq\) Version => ([\d.]+)/', ob_get_clean(), $found);
    return $found[1];
}
