// tokio-postgres, as Debian brings it. postgres-native-tls, which Debian does not bring, is the connector that its documentation
// shows; what it does is written down here: native-tls as it comes, which checks the chain and the name. A second argument is for
// the connector that programs are told to take where that fails. The line protocol is that of serve.ts.
use std::collections::HashMap;
use std::future::Future;
use std::io::{self, BufRead, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use serde_json::{json, Value};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use tokio_postgres::Socket;

type Failure = Box<dyn std::error::Error + Send + Sync>;

const LIMIT: Duration = Duration::from_secs(4);

#[derive(Clone)]
struct NativeTls(tokio_native_tls::TlsConnector, String);

struct Encrypted(tokio_native_tls::TlsStream<Socket>);

impl MakeTlsConnect<Socket> for NativeTls {
    type Stream = Encrypted;
    type TlsConnect = NativeTls;
    type Error = Failure;

    fn make_tls_connect(&mut self, domain: &str) -> Result<NativeTls, Failure> {
        Ok(NativeTls(self.0.clone(), domain.to_string()))
    }
}

impl TlsConnect<Socket> for NativeTls {
    type Stream = Encrypted;
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Encrypted, Failure>> + Send>>;

    fn connect(self, stream: Socket) -> Self::Future {
        Box::pin(async move { Ok(Encrypted(self.0.connect(&self.1, stream).await?)) })
    }
}

impl TlsStream for Encrypted {
    fn channel_binding(&self) -> ChannelBinding {
        match self.0.get_ref().tls_server_end_point().ok().flatten() {
            Some(hash) => ChannelBinding::tls_server_end_point(hash),
            None => ChannelBinding::none(),
        }
    }
}

impl AsyncRead for Encrypted {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl AsyncWrite for Encrypted {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}

async fn connect(text: &str, connector: NativeTls) -> Result<(), Failure> {
    let (client, connection) = tokio_postgres::connect(text, connector).await?;
    tokio::spawn(connection);
    client.simple_query("select 1").await?;
    Ok(())
}

/// The whole of what went wrong: the cause says what the error itself does not.
fn said(failure: &(dyn std::error::Error + 'static)) -> String {
    match failure.source() {
        Some(cause) => format!("{}: {}", failure, said(cause)),
        None => failure.to_string(),
    }
}

/// Sets and unsets; what was there comes back, to be restored.
fn set_environment(environment: HashMap<String, Option<String>>) -> HashMap<String, Option<String>> {
    let mut before = HashMap::new();
    for (name, value) in environment {
        before.insert(name.clone(), std::env::var(&name).ok());
        match value {
            Some(value) => std::env::set_var(name, value),
            None => std::env::remove_var(name),
        }
    }
    before
}

fn say(message: Value) {
    println!("{}", message);
    io::stdout().flush().unwrap();
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let accepts_any = std::env::args().nth(2).is_some();
    let connector = NativeTls(native_tls::TlsConnector::builder().danger_accept_invalid_certs(accepts_any).build()?.into(), String::new());
    // It does not know its version; the lab says what Debian's package has.
    say(json!({ "version": std::env::args().nth(1) }));
    for line in io::stdin().lock().lines() {
        let task: Value = serde_json::from_str(&line?)?;
        let before = set_environment(serde_json::from_value(task["environment"].clone())?);
        let outcome = tokio::time::timeout(LIMIT, connect(task["string"].as_str().unwrap_or(""), connector.clone())).await;
        say(match outcome {
            Ok(Ok(())) => json!({ "ok": true }),
            Ok(Err(failure)) => json!({ "ok": false, "error": said(failure.as_ref()), "unfinished": false }),
            Err(_) => json!({ "ok": false, "error": "took too long", "unfinished": true }),
        });
        set_environment(before);
    }
    Ok(())
}
