//! What a person does with a browser: pages, forms, a session kept in a cookie.

use std::sync::Mutex;

use anyhow::{Context, Result, bail};
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Method, Response, StatusCode};

/// One person's browser.
pub struct Browser {
    base: String,
    client: reqwest::Client,
    cookie: Mutex<String>,
}

impl Browser {
    /// A browser on the site at `base`.
    pub fn new(base: &str, client: &reqwest::Client) -> Self {
        Self { base: base.to_owned(), client: client.clone(), cookie: Mutex::default() }
    }

    /// A browser in which somebody is signed in.
    ///
    /// # Errors
    /// When the site refuses the password.
    pub async fn signed_in(base: &str, client: &reqwest::Client, email: &str, password: &str) -> Result<Self> {
        let browser = Self::new(base, client);
        browser.submit("/login", &[("email", email), ("password", password)]).await?;
        Ok(browser)
    }

    /// Opens a page.
    ///
    /// # Errors
    /// When it does not answer with a page.
    pub async fn page(&self, path: &str) -> Result<String> {
        let answer = self.send(Method::GET, path, &[]).await?;
        expect(path, answer, StatusCode::OK).await?.text().await.with_context(|| path.to_owned())
    }

    /// Downloads a file.
    ///
    /// # Errors
    /// When it does not answer with one.
    pub async fn file(&self, path: &str) -> Result<Vec<u8>> {
        let answer = self.send(Method::GET, path, &[]).await?;
        let bytes = expect(path, answer, StatusCode::OK).await?.bytes().await;
        Ok(bytes.with_context(|| path.to_owned())?.to_vec())
    }

    /// Status of a page, whatever it is.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn status(&self, path: &str) -> Result<StatusCode> {
        Ok(self.send(Method::GET, path, &[]).await?.status())
    }

    /// Sends a form that must be accepted; gives the address that it leads to.
    ///
    /// # Errors
    /// With the mistakes that the page shows, when it is not accepted.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Result<String> {
        let answer = self.send(Method::POST, path, fields).await?;
        let answer = expect(path, answer, StatusCode::SEE_OTHER).await?;
        let target = answer.headers().get(LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(target.to_owned())
    }

    /// Sends a form that answers with a page of its own, such as a key that is shown once.
    ///
    /// # Errors
    /// When it is not accepted.
    pub async fn submit_for_page(&self, path: &str, fields: &[(&str, &str)]) -> Result<String> {
        let answer = self.send(Method::POST, path, fields).await?;
        expect(path, answer, StatusCode::OK).await?.text().await.with_context(|| path.to_owned())
    }

    /// Sends a form that should be refused; gives the page that says why.
    ///
    /// # Errors
    /// When it is accepted.
    pub async fn refused(&self, path: &str, fields: &[(&str, &str)]) -> Result<String> {
        let answer = self.send(Method::POST, path, fields).await?;
        if !answer.status().is_client_error() {
            bail!("{path} should have been refused, and answered {}", answer.status());
        }
        answer.text().await.with_context(|| path.to_owned())
    }

    async fn send(&self, method: Method, path: &str, fields: &[(&str, &str)]) -> Result<Response> {
        let cookie = self.cookie.lock().map(|cookie| cookie.clone()).unwrap_or_default();
        let mut request = self.client.request(method.clone(), format!("{}{path}", self.base)).header(COOKIE, cookie);
        if method == Method::POST {
            request = request.form(fields);
        }
        let answer = request.send().await.with_context(|| format!("{path} does not answer"))?;
        for value in answer.headers().get_all(SET_COOKIE) {
            let pair = value.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
            if let Ok(mut cookie) = self.cookie.lock() {
                pair.clone_into(&mut cookie);
            }
        }
        Ok(answer)
    }
}

async fn expect(path: &str, answer: Response, wanted: StatusCode) -> Result<Response> {
    let status = answer.status();
    if status == wanted {
        return Ok(answer);
    }
    let page = answer.text().await.unwrap_or_default();
    bail!("{path} answered {status}: {}", mistakes(&page))
}

/// What an error page or a refused form says.
fn mistakes(page: &str) -> String {
    let said: Vec<String> = page.split("class=\"error\"").skip(1).filter_map(|rest| text_of(rest.split_once('>')?.1)).collect();
    match said.is_empty() {
        true => page.split("<h1>").nth(1).and_then(text_of).unwrap_or_else(|| page.chars().take(300).collect()),
        false => said.join(" "),
    }
}

fn text_of(html: &str) -> Option<String> {
    Some(html.split('<').next()?.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Undoes the entities that our templates write.
pub fn unescape(html: &str) -> String {
    html.replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}
