//! A certification that its holder can show elsewhere: an Open Badge.
//!
//! Open Badges 3.0 (1EdTech), `OpenBadgeCredential` of the data model in the W3C Verifiable Credentials 2.0 form, secured as a
//! compact JWS: "JSON Web Token Proof Format", of its section "Proofs (Signatures)". The payload is the credential itself, with
//! the registered claims that the section asks for; `kid` is the address where the public key can be read as a JWK (RFC 7517,
//! RFC 8037 §2). The algorithm is EdDSA over Ed25519 (RFC 8037 §3.1), which the specification allows beside RS256.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer, SigningKey};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The key with which an installation signs the badges that it gives.
pub struct BadgeKey(SigningKey);

/// What a badge says.
#[derive(Debug, Clone)]
pub struct Badge<'a> {
    /// Address of the site, without a final slash.
    pub site: &'a str,
    /// Name of the administration.
    pub organisation: &'a str,
    /// Identifier of the system.
    pub system: &'a str,
    /// Its name.
    pub system_name: &'a str,
    /// The version that was learnt.
    pub version: &'a str,
    /// Title of the training.
    pub title: &'a str,
    /// What had to be done, a sentence.
    pub criteria: &'a str,
    /// Electronic address of the holder: only a salted hash of it is written.
    pub email: &'a str,
    /// From when it holds.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// What makes two badges differ.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// Identifier of the badge.
    pub id: String,
    /// Identifier of its subject.
    pub subject: String,
    /// Salt of the address.
    pub salt: [u8; 16],
}

impl BadgeKey {
    /// The key of these 32 secret bytes (RFC 8032 §5.1.5).
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The public key (RFC 8037 §2), where `site` publishes it.
    #[must_use]
    pub fn jwk(&self, site: &str) -> Value {
        let x = URL_SAFE_NO_PAD.encode(self.0.verifying_key().as_bytes());
        json!({ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": key_url(site), "x": x })
    }

    /// The badge as a compact JWS (RFC 7515 §7.1).
    #[must_use]
    pub fn sign(&self, badge: &Badge<'_>, drawn: &Drawn) -> String {
        let header = json!({ "alg": "EdDSA", "kid": key_url(badge.site), "typ": "JWT" });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&header), part(&payload(badge, drawn)));
        let signature = URL_SAFE_NO_PAD.encode(self.0.sign(signed.as_bytes()).to_bytes());
        format!("{signed}.{signature}")
    }
}

impl std::fmt::Debug for BadgeKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BadgeKey")
    }
}

/// Where the public key is read.
fn key_url(site: &str) -> String {
    format!("{site}/badges/key")
}

/// Who gives the badges: an Open Badges 3.0 `Profile`.
#[must_use]
pub fn issuer(site: &str, organisation: &str) -> Value {
    json!({ "id": format!("{site}/badges/issuer"), "type": ["Profile"], "name": organisation, "url": site })
}

fn payload(badge: &Badge<'_>, drawn: &Drawn) -> Value {
    let issuer = issuer(badge.site, badge.organisation);
    let (id, subject) = (format!("urn:uuid:{}", drawn.id), format!("urn:uuid:{}", drawn.subject));
    json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": badge.title,
        "issuer": issuer,
        // Whole seconds: the claims below must say the same instants.
        "validFrom": seconds(badge.from),
        "validUntil": seconds(badge.until),
        "credentialSubject": {
            "id": subject,
            "type": ["AchievementSubject"],
            "identifier": [identity(badge.email, &drawn.salt)],
            "achievement": achievement(badge),
        },
        "iss": issuer["id"],
        "jti": id,
        "sub": subject,
        "nbf": badge.from.as_second(),
        "exp": badge.until.as_second(),
    })
}

fn achievement(badge: &Badge<'_>) -> Value {
    json!({
        "id": format!("{}/training/{}#{}", badge.site, badge.system, badge.version),
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": badge.title,
        "description": format!("{} ({})", badge.system_name, badge.version),
        "criteria": { "narrative": badge.criteria },
    })
}

/// `IdentityObject`: SHA-256 of the address followed by the salt, so that only who knows the address recognises it.
fn identity(email: &str, salt: &[u8; 16]) -> Value {
    let salt = hex::encode(salt);
    let hash = hex::encode(Sha256::digest(format!("{email}{salt}")));
    json!({
        "type": "IdentityObject", "hashed": true, "identityType": "emailAddress",
        "identityHash": format!("sha256${hash}"), "salt": salt,
    })
}

fn seconds(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_implementation_verifies_it_with_the_published_key_and_nothing_else() {
        let key = BadgeKey::from_seed(&[5; 32]);
        let badge = Badge {
            site: "https://ia.commune.example",
            organisation: "Commune",
            system: "courrier",
            system_name: "Orientation du courrier",
            version: "2",
            title: "Bien s’en servir",
            criteria: "Quatre réponses justes.",
            email: "samir@commune.example",
            from: "2026-11-24T09:00:00.5Z".parse().unwrap(),
            until: "2027-11-24T23:00:00Z".parse().unwrap(),
        };
        let drawn = Drawn { id: "a".into(), subject: "b".into(), salt: [7; 16] };
        let compact = key.sign(&badge, &drawn);
        let jwk = key.jwk(badge.site);
        assert!(jwk.get("d").is_none(), "never the private part");
        let public = URL_SAFE_NO_PAD.decode(jwk["x"].as_str().unwrap()).unwrap();
        let verify = |compact: &str| {
            let (signed, signature) = compact.rsplit_once('.').unwrap();
            let key = ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, &public);
            key.verify(signed.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).unwrap()).is_ok()
        };
        assert!(verify(&compact));
        assert!(!verify(&compact.replacen('e', "f", 1)), "one letter changed");

        let parts: Vec<Value> = compact
            .split('.')
            .take(2)
            .map(|part| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap())
            .collect();
        assert_eq!(parts[0], json!({ "alg": "EdDSA", "kid": jwk["kid"], "typ": "JWT" }), "no other header is allowed");
        let said = &parts[1];
        assert_eq!((said["iss"].clone(), said["jti"].clone()), (said["issuer"]["id"].clone(), said["id"].clone()));
        assert_eq!(said["sub"], said["credentialSubject"]["id"]);
        let at = |field: &str| said[field].as_str().unwrap().parse::<Timestamp>().unwrap().as_second();
        assert_eq!((at("validFrom"), at("validUntil")), (said["nbf"].as_i64().unwrap(), said["exp"].as_i64().unwrap()));
        assert!(said.get("vc").is_none() && !said.to_string().contains("samir"), "the address is not in clear");
        let identity = &said["credentialSubject"]["identifier"][0];
        let hash = hex::encode(Sha256::digest(format!("samir@commune.example{}", identity["salt"].as_str().unwrap())));
        assert_eq!(identity["identityHash"], format!("sha256${hash}"));
    }
}
