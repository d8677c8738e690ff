//! Signing in and out, and what protects every page.

use axum::body::Body;
use axum::http::StatusCode;

use crate::world::{PASSWORD, World};

#[tokio::test]
async fn signing_in_opens_the_right_first_page_and_signing_out_closes() {
    let world = World::new().await;
    world.people().await;
    for (id, home) in [("claire", "/referent"), ("samir", "/desk"), ("helene", "/council")] {
        let mut browser = world.browser();
        let email = format!(" {}@VAL-dormes.example ", id.to_uppercase());
        let answer = browser.post("/login", &[("email", &email), ("password", PASSWORD)]).await;
        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, home));
        let answer = browser.post("/logout", &[]).await;
        assert_eq!(answer.location, "/");
        assert_eq!(browser.get("/referent").await.location, "/login");
    }
}

#[tokio::test]
async fn a_wrong_password_says_so_keeps_the_address_and_never_the_password() {
    let world = World::new().await;
    world.people().await;
    let mut browser = world.browser();
    let answer = browser.post("/login", &[("email", "claire@val-dormes.example"), ("password", "autre chose encore")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.says("Adresse ou mot de passe inconnu") && answer.says("claire@val-dormes.example"));
    assert!(!answer.says("autre chose encore"));
    for _ in 0..9 {
        browser.post("/login", &[("email", "claire@val-dormes.example"), ("password", "x")]).await;
    }
    let closed = browser.post("/login", &[("email", "claire@val-dormes.example"), ("password", PASSWORD)]).await;
    assert_eq!(closed.status, StatusCode::TOO_MANY_REQUESTS);
    world.later(jiff::SignedDuration::from_mins(11));
    let open = browser.post("/login", &[("email", "claire@val-dormes.example"), ("password", PASSWORD)]).await;
    assert_eq!(open.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let world = World::new().await;
    world.people().await;
    let mut browser = world.signed_in("claire").await;
    assert_eq!(browser.get("/referent").await.status, StatusCode::OK);
    world.later(jiff::SignedDuration::from_hours(13));
    assert_eq!(browser.get("/referent").await.location, "/login");
}

#[tokio::test]
async fn another_sites_form_is_refused_with_a_page() {
    let world = World::new().await;
    let mut browser = world.browser();
    let request = browser.request("POST", "/login").header("origin", "https://ailleurs.example");
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(Body::from("email=a&password=b"));
    let answer = browser.send(request.unwrap()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.says("<html lang=\"fr\">"));
}

#[tokio::test]
async fn an_unknown_address_and_a_huge_form_have_their_pages_in_the_readers_language() {
    let world = World::new().await;
    let mut browser = world.browser();
    let answer = browser.get("/nulle-part").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.says("Cette page n’existe pas") && answer.says("/nulle-part"));
    let answer = browser.get("/nulle-part?lang=en").await;
    assert!(answer.says("<html lang=\"en\">"));
    assert!(browser.get("/nulle-part").await.says("<html lang=\"en\">"), "the choice is remembered");
    let huge = "x".repeat(300 * 1024);
    assert_eq!(browser.post("/login", &[("email", &huge)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}
