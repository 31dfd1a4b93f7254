// The drivers that Debian brings for Go: the argument says which. The line protocol is that of serve.ts.
package main

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/jackc/pgx/v4"
	_ "github.com/lib/pq"
)

type task struct {
	String      *string
	Environment map[string]*string
}

type reply struct {
	Ok         bool   `json:"ok"`
	Error      string `json:"error,omitempty"`
	Unfinished bool   `json:"unfinished"`
}

func libPq(context context.Context, text string) error {
	database, err := sql.Open("postgres", text)
	if err != nil {
		return err
	}
	defer database.Close()
	_, err = database.ExecContext(context, "select 1")
	return err
}

func overPgx(context context.Context, text string) error {
	connection, err := pgx.Connect(context, text)
	if err != nil {
		return err
	}
	defer connection.Close(context)
	_, err = connection.Exec(context, "select 1")
	return err
}

// Sets and unsets; what was there comes back, to be restored.
func setEnvironment(environment map[string]*string) map[string]*string {
	before := map[string]*string{}
	for name, value := range environment {
		before[name] = nil
		if old, ok := os.LookupEnv(name); ok {
			before[name] = &old
		}
		if value == nil {
			os.Unsetenv(name)
		} else {
			os.Setenv(name, *value)
		}
	}
	return before
}

// lib/pq panics on variables that it does not support.
func attempt(connect func(context.Context, string) error, context context.Context, text string) (err error) {
	defer func() {
		if crash := recover(); crash != nil {
			err = fmt.Errorf("panic: %v", crash)
		}
	}()
	return connect(context, text)
}

func main() {
	connect := map[string]func(context.Context, string) error{"lib-pq": libPq, "pgx": overPgx}[os.Args[1]]
	// Neither knows its version; the lab says what Debian's package has.
	fmt.Printf("{\"version\":%q}\n", os.Args[2])
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var wanted task
		if err := json.Unmarshal(lines.Bytes(), &wanted); err != nil {
			panic(err)
		}
		before := setEnvironment(wanted.Environment)
		text := ""
		if wanted.String != nil {
			text = *wanted.String
		}
		limited, cancel := context.WithTimeout(context.Background(), 4*time.Second)
		err := attempt(connect, limited, text)
		answer := reply{Ok: err == nil, Unfinished: limited.Err() != nil}
		if err != nil {
			answer.Error = err.Error()
		}
		cancel()
		line, _ := json.Marshal(answer)
		fmt.Println(string(line))
		setEnvironment(before)
	}
}
