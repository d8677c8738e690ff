//! A wire to PostgreSQL that a test can freeze: what is said on it then arrives later, or never.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

const OPEN: u8 = 0;
const FROZEN: u8 = 1;
const DEAF_AFTER_COMMIT: u8 = 2;

/// The wire; cheap to clone.
#[derive(Clone)]
pub struct Proxy(Arc<AtomicU8>);

impl Proxy {
    /// Stands before the server of `url`; gives the address to use instead.
    pub async fn before(url: &str) -> (Self, String) {
        let (head, rest) = url.split_once('@').unwrap();
        let (server, tail) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let through = format!("{head}@{}/{tail}", listener.local_addr().unwrap());
        let (proxy, server) = (Self(Arc::default()), server.to_owned());
        let state = proxy.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (from_client, to_client) = client.into_split();
                let (from_server, to_server) = TcpStream::connect(&server).await.unwrap().into_split();
                tokio::spawn(state.clone().carry(from_client, to_server, true));
                tokio::spawn(state.clone().carry(from_server, to_client, false));
            }
        });
        (proxy, through)
    }

    /// Nothing passes any more.
    pub fn freeze(&self) {
        self.0.store(FROZEN, Ordering::SeqCst);
    }

    /// The next transaction is committed, and its acknowledgement does not come.
    pub fn lose_the_next_acknowledgement(&self) {
        self.0.store(DEAF_AFTER_COMMIT, Ordering::SeqCst);
    }

    /// Everything passes again, what was held included.
    pub fn thaw(&self) {
        self.0.store(OPEN, Ordering::SeqCst);
    }

    /// Whether something is held.
    pub fn is_frozen(&self) -> bool {
        self.0.load(Ordering::SeqCst) == FROZEN
    }

    async fn carry(self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf, to_server: bool) {
        let mut bytes = vec![0; 64 * 1024];
        while let Ok(read @ 1..) = from.read(&mut bytes).await {
            let mut pass = false;
            if to_server && self.0.load(Ordering::SeqCst) == DEAF_AFTER_COMMIT && holds(&bytes[..read], b"COMMIT") {
                self.freeze();
                pass = true;
            }
            while !pass && self.is_frozen() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            if to.write_all(&bytes[..read]).await.is_err() {
                return;
            }
        }
    }
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}
