"""The drivers that Debian brings for Python, in one program: the argument says which. The line protocol is that of serve.ts."""
import asyncio
import json
import os
import pathlib
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

LIMIT = 4


class TookTooLong(Exception):
    pass


def expire(_signal, _frame):
    raise TookTooLong()


def say(message):
    print(json.dumps(message), flush=True)


def set_environment(environment):
    """Sets and unsets; what was there comes back, to be restored. os.environ tells the C library as well, and so libpq."""
    before = {name: os.environ.get(name) for name in environment}
    for name, value in environment.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    return before


def serve(version, connect):
    signal.signal(signal.SIGALRM, expire)
    say({"version": version})
    for line in sys.stdin:
        task = json.loads(line)
        before = set_environment(task["environment"])
        signal.alarm(LIMIT)
        try:
            connect(task["string"], revived(task["options"]))
            reply = {"ok": True}
        except TookTooLong:
            reply = {"ok": False, "error": "took too long", "unfinished": True}
        except BaseException as error:
            reply = {"ok": False, "error": str(error) or type(error).__name__, "unfinished": False}
        signal.alarm(0)
        say(reply)
        set_environment(before)


def revived(value):
    """What JSON has no word for, as serve.ts has it."""
    if not isinstance(value, dict):
        return value
    if value.get("$") == "file":
        return pathlib.Path(value["path"]).read_text()
    if value.get("$") == "ssl-context":
        context = ssl.create_default_context(cafile=value["path"])
        for name, given in value.get("attributes", {}).items():
            setattr(context, name, getattr(ssl, given) if isinstance(given, str) else given)
        return context
    return {name: revived(item) for name, item in value.items() if not (isinstance(item, dict) and item.get("$") == "undefined")}


def over_libpq(version, number):
    return f"{version} over libpq {number // 10000}.{number % 10000}"


def psycopg2():
    import psycopg2
    from psycopg2 import extensions

    def connect(string, options):
        connection = psycopg2.connect(string or "", **(options or {}))
        connection.cursor().execute("select 1")
        connection.close()

    serve(over_libpq(psycopg2.__version__.split()[0], extensions.libpq_version()), connect)


def dbname(options):
    """psycopg 3 knows libpq's name alone."""
    return {"dbname" if name == "database" else name: value for name, value in (options or {}).items()}


def psycopg():
    import psycopg

    def connect(string, options):
        with psycopg.connect(string or "", **dbname(options)) as connection:
            connection.execute("select 1")

    serve(over_libpq(psycopg.__version__, psycopg.pq.version()), connect)


def asyncpg():
    import asyncpg

    async def work(string, options):
        connection = await asyncpg.connect(string, **(options or {}))
        await connection.execute("select 1")
        await connection.close()

    serve(asyncpg.__version__, lambda string, options: asyncio.run(work(string, options)))


def pg8000():
    import pg8000

    def connect(_string, options):
        connection = pg8000.connect(**(options or {}))
        connection.cursor().execute("select 1")
        connection.close()

    serve(pg8000.__version__, connect)


def sqlalchemy():
    """Over the driver that the URL's scheme names; where there is none, the login goes into a URL."""
    import sqlalchemy
    from sqlalchemy.ext.asyncio import create_async_engine

    async def work(url, options):
        engine = create_async_engine(url, **options)
        async with engine.connect() as connection:
            await connection.execute(sqlalchemy.text("select 1"))
        await engine.dispose()

    def connect(string, options):
        login, rest = taken(options)
        url = string or sqlalchemy.engine.URL.create("postgresql", username=login["user"], password=login["password"], host=login["host"], port=login["port"], database=login["database"])
        if string is not None and "+asyncpg:" in string:
            asyncio.run(work(url, rest))
            return
        engine = sqlalchemy.create_engine(url, **rest)
        with engine.connect() as connection:
            connection.execute(sqlalchemy.text("select 1"))
        engine.dispose()

    serve(sqlalchemy.__version__, connect)


def django():
    """A URL comes in through dj-database-url, whose name for Django's backend is one that Django has dropped."""
    import dj_database_url
    import django
    from django.conf import settings
    from django.db.utils import ConnectionHandler

    engine = "django.db.backends.postgresql"
    settings.configure(DATABASES={})

    def connect(string, options):
        login, rest = taken(options)
        places = {"NAME": "database", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
        database = {"ENGINE": engine, **{name: login[key] for name, key in places.items() if key in login}}
        if string is not None:
            database = {**dj_database_url.parse(string, engine=engine), "ENGINE": engine}
        # As a settings file would: the last of equal names counts.
        connection = ConnectionHandler({"default": {**database, **rest}})["default"]
        connection.cursor().execute("select 1")
        connection.close()

    serve(".".join(map(str, django.VERSION[:3])), connect)


def taken(options):
    """The login and a cell's own options apart."""
    names = ["host", "port", "user", "password", "database"]
    options = options or {}
    return {name: options[name] for name in names if name in options}, {name: value for name, value in options.items() if name not in names}


def psqlodbc():
    """Through unixODBC. It has no way to say which libpq it got but to ask the linker."""
    import ctypes
    import pyodbc

    pyodbc.pooling = False
    number = ctypes.CDLL("libpq.so.5").PQlibVersion()

    def connect(string, _options):
        connection = pyodbc.connect(string, timeout=3)
        version = connection.getinfo(pyodbc.SQL_DRIVER_VER)
        connection.execute("select 1").fetchall()
        connection.close()
        return version

    package = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "odbc-postgresql"], capture_output=True, text=True, check=True).stdout
    serve(over_libpq(package.split(":")[-1].split("-")[0], number), connect)


def pgbouncer():
    """
    PgBouncer as the client of its server. What begins with server_tls_ is for the section [pgbouncer]; the rest stays in
    the database's line, as its documentation has it. psql's part is taken by psycopg2, in plaintext on this machine.
    """
    import psycopg2

    version = subprocess.run(["pgbouncer", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]

    def connect(string, _options):
        words = string.split()
        own = [word.replace("=", " = ", 1) for word in words if word.startswith("server_tls_")]
        database = " ".join(word for word in words if not word.startswith("server_tls_"))
        folder = pathlib.Path(tempfile.mkdtemp())
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        (folder / "users.txt").write_text('"app" "lab-secret"\n')
        (folder / "pgbouncer.ini").write_text("\n".join([
            "[databases]", f"lab = {database}", "[pgbouncer]", "listen_addr = 127.0.0.1", f"listen_port = {port}", "unix_socket_dir =", "auth_type = any",
            f"auth_file = {folder}/users.txt", "server_login_retry = 1", "server_connect_timeout = 1", "query_wait_timeout = 1", "ignore_startup_parameters = extra_float_digits", *own, ""]))
        for file in [folder, *folder.iterdir()]:
            os.chmod(file, 0o755)
        # It refuses to run as root.
        own_process = ["pgbouncer", *(["-u", "nobody"] if os.getuid() == 0 else []), str(folder / "pgbouncer.ini")]
        bouncer = subprocess.Popen(own_process, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            for _ in range(100):
                if bouncer.poll() is not None:
                    raise RuntimeError(said(bouncer.stderr.read()))
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.02)
            connection = psycopg2.connect(host="127.0.0.1", port=port, user="app", dbname="lab", sslmode="disable", connect_timeout=3)
            connection.cursor().execute("select 1")
            connection.close()
        finally:
            bouncer.kill()
            bouncer.wait()

    serve(version, connect)


def said(log):
    """The last word of PgBouncer's log, without time and process."""
    lines = [line for line in log.splitlines() if "FATAL" in line or "ERROR" in line] or log.splitlines() or ["it ended"]
    return lines[0].split("] ", 1)[-1]


{function.__name__: function for function in [psycopg2, psycopg, asyncpg, pg8000, sqlalchemy, django, psqlodbc, pgbouncer]}[sys.argv[1]]()
