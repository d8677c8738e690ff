//! Listening, and stopping well.

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::middleware::{self, Next};
use axum::serve::{ListenerExt, TapIo};
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinHandle;

/// Listens on an address.
///
/// # Errors
/// Says who else may be there.
pub async fn bind(address: SocketAddr) -> Result<TcpListener> {
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            bail!("{address} is taken by another program: stop it, or choose another port")
        }
        Err(error) => Err(error).with_context(|| format!("cannot listen on {address}")),
    }
}

/// Answers on the address of a program that is still being made.
pub struct Early(JoinHandle<()>);

impl Early {
    /// Answers with `routes` from now on; the listener comes back, for the site that will answer after it.
    ///
    /// # Errors
    /// When the listener cannot be shared.
    pub fn answer(listener: TcpListener, routes: Router) -> Result<(TcpListener, Self)> {
        let shared = listener.into_std()?;
        let early = TcpListener::from_std(shared.try_clone()?)?;
        let listener = TcpListener::from_std(shared)?;
        Ok((listener, Self(tokio::spawn(async move { axum::serve(early, routes).await.unwrap_or_default() }))))
    }
}

/// The same listener, whose connections send at once what they are given: the end of an answer would otherwise wait for the
/// client to acknowledge what came before it, 40 ms with most systems (RFC 1122, section 4.2.3.2).
pub fn prompt(listener: TcpListener) -> TapIo<TcpListener, fn(&mut TcpStream)> {
    listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection waits before it sends");
        }
    })
}

/// Whoever connects from then on waits for the site.
impl Drop for Early {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The site as it is seen behind the operator's own web server, which writes the client's address in `header`: the last one
/// of the list, which is the one that it saw. Without this, all clients would be one to whoever counts their attempts.
pub fn behind(site: Router, header: &str) -> Router {
    if header.is_empty() {
        return site;
    }
    let header = header.to_owned();
    site.layer(middleware::from_fn(move |mut request: Request, next: Next| {
        let list = request.headers().get(&header).and_then(|value| value.to_str().ok());
        let client = list.and_then(|list| list.rsplit(',').next()).and_then(|last| last.trim().parse::<IpAddr>().ok());
        if let Some(client) = client {
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from((client, 0))));
        }
        next.run(request)
    }))
}

/// SIGINT and SIGTERM, heard from the moment when this is made.
pub struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    /// Hears them from now on.
    ///
    /// # Errors
    /// When signals cannot be heard.
    pub fn hear() -> Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Resolves at the next one.
    pub async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// Serves until SIGINT or SIGTERM, then lets answers in progress end.
///
/// # Errors
/// When signals cannot be heard or the server fails.
pub async fn serve(listener: TcpListener, site: Router) -> Result<()> {
    let mut signals = Signals::hear()?;
    let asked = async move {
        signals.next().await;
        tracing::info!("stopping: answers in progress end first");
    };
    let service = site.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(prompt(listener), service).with_graceful_shutdown(asked).await.context("the server failed")
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    async fn seen(header: &str, sent: Option<&str>) -> String {
        let who = get(async |ConnectInfo(client): ConnectInfo<SocketAddr>| client.ip().to_string());
        let site = behind(Router::new().route("/", who), header);
        let request = Request::builder().uri("/").extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
        let request = sent.into_iter().fold(request, |request, sent| request.header("x-forwarded-for", sent));
        let answer = site.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        String::from_utf8(axum::body::to_bytes(answer.into_body(), 99).await.unwrap().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn the_client_is_the_one_that_the_operators_server_saw() {
        assert_eq!(seen("x-forwarded-for", Some("203.0.113.9, 198.51.100.7")).await, "198.51.100.7");
        assert_eq!(seen("x-forwarded-for", Some("nonsense")).await, "127.0.0.1");
        assert_eq!(seen("x-forwarded-for", None).await, "127.0.0.1");
        assert_eq!(seen("", Some("198.51.100.7")).await, "127.0.0.1", "a header that nobody configured is not believed");
    }
}
