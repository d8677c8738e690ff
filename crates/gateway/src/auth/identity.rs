//! Who is behind a call, as the application itself signs it: a JSON Web Token (RFC 7519) with HMAC-SHA256 (`HS256`, RFC 7518
//! §3.2). One algorithm and no other, so nothing in a token says how it is checked. Open WebUI sends such a token, good for
//! five minutes, when `FORWARD_USER_INFO_HEADER_JWT_SECRET` is set.

use std::fmt;

use axum::http::HeaderName;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use sha2::Sha256;

/// How far the clocks of two machines may be apart, seconds.
const SKEW: i64 = 60;

/// How the applications of some systems sign who is behind a call. Nothing else that they say of it is believed.
#[derive(Clone)]
pub struct SignedIdentity {
    /// Identifiers of the systems.
    pub systems: Vec<String>,
    /// Header that holds the token.
    pub header: HeaderName,
    /// Who must have issued it: its `iss`.
    pub issuer: String,
    /// Claim that holds the address of the person, or their identifier in the directory.
    pub claim: String,
    /// Secret shared with the application, of [`Self::SHORTEST_SECRET`] bytes or more.
    pub secret: Vec<u8>,
}

/// The secret is not printed.
impl fmt::Debug for SignedIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("SignedIdentity");
        shown.field("systems", &self.systems).field("header", &self.header).field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// What is wrong with a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadToken {
    /// Not three parts of base64url, or no JSON inside.
    #[error("it is not a signed JSON Web Token")]
    Malformed,
    /// Another algorithm than `HS256`.
    #[error("it is not signed with HS256")]
    Algorithm,
    /// The signature is not of the shared secret.
    #[error("its signature is not made with the secret that Gouvernail was given")]
    Signature,
    /// Issued by somebody else.
    #[error("its issuer (`iss`) is another one")]
    Issuer,
    /// No `exp`, or it is past.
    #[error("it has expired, or says no `exp`")]
    Expired,
    /// Its `nbf` or `iat` is to come.
    #[error("it is not valid yet: see whether both machines have the right time")]
    Early,
    /// The claim that names the person is missing.
    #[error("it does not have the claim that names the person")]
    Nobody,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
}

impl SignedIdentity {
    /// Fewest bytes of a secret: as many as the hash has, by RFC 7518 §3.2.
    pub const SHORTEST_SECRET: usize = 32;

    /// The person that `token` names, when it is right at `now`.
    pub(crate) fn read(&self, token: &str, now: Timestamp) -> Result<String, BadToken> {
        let (signed, signature) = token.rsplit_once('.').ok_or(BadToken::Malformed)?;
        let (header, claims) = signed.split_once('.').ok_or(BadToken::Malformed)?;
        let header: Header = part(header)?;
        if header.alg != "HS256" {
            return Err(BadToken::Algorithm);
        }
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| BadToken::Malformed)?;
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secret).map_err(|_| BadToken::Signature)?;
        mac.update(signed.as_bytes());
        mac.verify_slice(&signature).map_err(|_| BadToken::Signature)?;
        self.person(&part(claims)?, now.as_second())
    }

    fn person(&self, claims: &Value, now: i64) -> Result<String, BadToken> {
        if claims["iss"].as_str() != Some(self.issuer.as_str()) {
            return Err(BadToken::Issuer);
        }
        if seconds(&claims["exp"]).is_none_or(|until| until + SKEW <= now) {
            return Err(BadToken::Expired);
        }
        if ["nbf", "iat"].iter().filter_map(|claim| seconds(&claims[*claim])).any(|from| from - SKEW > now) {
            return Err(BadToken::Early);
        }
        let person = claims[self.claim.as_str()].as_str().map(str::trim).filter(|person| !person.is_empty());
        person.map(str::to_owned).ok_or(BadToken::Nobody)
    }
}

/// A NumericDate, which may have a fraction (RFC 7519 §2); absurd ones are none.
fn seconds(claim: &Value) -> Option<i64> {
    let date = claim.as_f64().filter(|date| (0.0..1e12).contains(date))?;
    #[allow(clippy::cast_possible_truncation, reason = "the range is checked")]
    Some(date as i64)
}

fn part<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, BadToken> {
    let json = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadToken::Malformed)?;
    serde_json::from_slice(&json).map_err(|_| BadToken::Malformed)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn identity() -> SignedIdentity {
        SignedIdentity {
            systems: vec!["assistant".to_owned()],
            header: HeaderName::from_static("x-openwebui-user-jwt"),
            issuer: "open-webui".to_owned(),
            claim: "email".to_owned(),
            secret: vec![7; 32],
        }
    }

    /// Signed by another implementation than the one that checks.
    fn token(header: &Value, claims: &Value, secret: &[u8]) -> String {
        let [header, claims] = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
        let signed = format!("{header}.{claims}");
        let tag = ring::hmac::sign(&ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret), signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(tag))
    }

    fn read(header: &Value, claims: &Value, secret: &[u8]) -> Result<String, BadToken> {
        identity().read(&token(header, claims, secret), Timestamp::from_second(NOW).unwrap())
    }

    #[test]
    fn a_token_names_its_person_and_any_fault_is_told() {
        let header = json!({ "alg": "HS256", "typ": "JWT" });
        let good = json!({ "sub": "1", "email": "zoe@ville.example", "iss": "open-webui", "iat": NOW, "exp": NOW + 300 });
        let with = |claim: &str, value: Value| {
            let mut claims = good.clone();
            claims[claim] = value;
            read(&header, &claims, &[7; 32])
        };
        assert_eq!(read(&header, &good, &[7; 32]).as_deref(), Ok("zoe@ville.example"));
        assert_eq!(read(&header, &good, &[8; 32]), Err(BadToken::Signature));
        for alg in ["none", "HS512", "RS256", "hs256"] {
            assert_eq!(read(&json!({ "alg": alg }), &good, &[7; 32]), Err(BadToken::Algorithm), "{alg}");
        }
        assert_eq!(with("iss", json!("elsewhere")), Err(BadToken::Issuer));
        assert_eq!(with("exp", json!(NOW - SKEW)), Err(BadToken::Expired));
        assert_eq!(with("exp", Value::Null), Err(BadToken::Expired));
        assert_eq!(with("exp", json!(1e300)), Err(BadToken::Expired));
        assert_eq!(with("iat", json!(NOW + SKEW + 1)), Err(BadToken::Early));
        assert_eq!(with("nbf", json!(NOW + SKEW + 1)), Err(BadToken::Early));
        assert_eq!(with("email", json!(" ")), Err(BadToken::Nobody));
        assert!(with("exp", json!(NOW - SKEW + 1)).is_ok(), "clocks may be a little apart");
    }

    #[test]
    fn what_is_no_token_or_was_touched_is_refused() {
        let now = Timestamp::from_second(NOW).unwrap();
        let good = token(&json!({ "alg": "HS256" }), &json!({ "email": "zoe", "iss": "open-webui", "exp": NOW + 9 }), &[7; 32]);
        assert!(identity().read(&good, now).is_ok());
        for wrong in ["", ".", "..", "a.b", "é.é.é", &good[1..], &good[..good.len() - 1], &format!("{good}.x")] {
            assert!(identity().read(wrong, now).is_err(), "{wrong}");
        }
        let (head, _) = good.rsplit_once('.').unwrap();
        assert_eq!(identity().read(&format!("{head}."), now), Err(BadToken::Signature), "a signature left out");
        let other = URL_SAFE_NO_PAD.encode(json!({ "email": "ali", "iss": "open-webui", "exp": NOW + 9 }).to_string());
        let parts: Vec<_> = good.split('.').collect();
        assert_eq!(identity().read(&[parts[0], &other, parts[2]].join("."), now), Err(BadToken::Signature));
    }
}
