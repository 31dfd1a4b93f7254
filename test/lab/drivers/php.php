<?php
// PDO for keywords and values, which it takes for its DSN; pg_connect() for URLs, which PDO breaks by what it writes behind
// them (php-src ext/pdo_pgsql/pgsql_driver.c: "%s connect_timeout=30"). The argument may name Doctrine or Laravel over
// PDO. The line protocol is that of serve.ts.
function say(array $message): void
{
    fwrite(STDOUT, json_encode($message) . "\n");
    fflush(STDOUT);
}

set_error_handler(function (int $level, string $message): bool {
    throw new ErrorException($message);
});

/** Doctrine's DriverManager, with a URL under `url`. */
function over_doctrine(?string $string, array $options): void
{
    ['login' => $login, 'rest' => $rest] = taken($options);
    $place = $login === [] ? [] : ['driver' => 'pdo_pgsql', 'dbname' => $login['database']] + $login;
    $timeout = ($rest['driver'] ?? 'pdo_pgsql') === 'pgsql' ? [] : ['driverOptions' => [PDO::ATTR_TIMEOUT => 3]];
    $connection = Doctrine\DBAL\DriverManager::getConnection($rest + ($string === null ? [] : ['url' => $string]) + $place + $timeout);
    $connection->executeQuery('select 1');
    $connection->close();
}

/** Laravel's database manager, with the array of config/database.php (laravel/laravel 13) where none is given. */
function over_laravel(?string $string, ?array $options): void
{
    ['login' => $login, 'rest' => $rest] = taken($options ?? ['sslmode' => getenv('DB_SSLMODE') ?: 'prefer']);
    $place = $login === [] ? [] : ['username' => $login['user']] + $login;
    $capsule = new Illuminate\Database\Capsule\Manager();
    $capsule->addConnection($rest + ($string === null ? [] : ['url' => $string]) + $place + ['driver' => 'pgsql', 'options' => [PDO::ATTR_TIMEOUT => 3]]);
    $capsule->getConnection()->select('select 1');
    $capsule->getConnection()->disconnect();
}

/** The login and a cell's own options apart. */
function taken(array $options): array
{
    $login = array_intersect_key($options, array_flip(['host', 'port', 'user', 'password', 'database']));
    return ['login' => $login, 'rest' => array_diff_key($options, $login)];
}

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

$framework = $argv[1] ?? '';
if ($framework !== '') {
    // Old code for this PHP: what it says on the way is no failure.
    error_reporting(E_ALL & ~E_DEPRECATED);
    set_error_handler(null);
    require_once $framework === 'doctrine' ? 'Doctrine/DBAL/autoload.php' : 'Illuminate/Database/autoload.php';
}
say(['version' => ($framework === '' ? phpversion('pdo_pgsql') : $argv[2]) . ' over libpq ' . pg_version_of_library()]);
while (($line = fgets(STDIN)) !== false) {
    $task = json_decode($line, true);
    $before = [];
    foreach ($task['environment'] as $name => $value) {
        $before[$name] = getenv($name);
        putenv($value === null ? $name : "$name=$value");
    }
    try {
        match ($framework) {
            'doctrine' => over_doctrine($task['string'], $task['options'] ?? []),
            'laravel' => over_laravel($task['string'], $task['options']),
            '' => connect($task['string'] ?? ''),
        };
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
