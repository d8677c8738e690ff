//! Work grows with the text and not with its square, on the worst texts that we know.

use std::time::Duration;

use gouvernail_privacy::{StreamRestorer, Vault};

use serde_json::json;

use super::case;

const HOSTILE: [&str; 24] = [
    "7",
    "1 ",
    "0 1 ",
    "01 ",
    "1 85 03 75 ",
    "2 55 08 14 168 025 38 ",
    "06 12 34 56 78 ",
    "+33",
    "[",
    "[PERSONNE_1",
    "[PERSONNE_1]",
    "[NIR_1] ",
    "P",
    "PERSONNE_",
    "h. ",
    "H. Le ",
    "Le Goff, ",
    "a@",
    "a.",
    "@",
    "FR14 ",
    "\\",
    "%FF",
    "\\u00e9",
];

/// The clock of the kernel may tick this slowly.
pub(crate) const TICK: Duration = Duration::from_millis(4);

/// Processor time of this thread: the machine may be busy with something else.
pub(crate) fn spent() -> Duration {
    let read = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux counts the time of threads");
    Duration::from_nanos(read.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok()).expect("nanoseconds"))
}

fn cost(unit: &str, bytes: usize) -> Duration {
    let text = unit.repeat(bytes / unit.len());
    let start = spent();
    let mut vault = Vault::new();
    let masked = case().mask(&mut vault, &text).text;
    case().residual(&masked.clone().into()).expect("nothing left");
    let mut stream = StreamRestorer::new(&vault);
    let mut restored: String = masked.chars().map(|c| stream.push(c.encode_utf8(&mut [0; 4]))).collect();
    restored.push_str(&stream.finish());
    assert_eq!(restored, text);
    spent() - start
}

/// The same for a tool's result in JSON, with JSON inside its strings.
fn cost_of_json(bytes: usize) -> Duration {
    let mut content = json!({ "nom": "H\u{e9}l\u{e8}ne", "n": vec!["Dupont 06 12 34 56 78"; bytes / 200] }).to_string();
    while content.len() < bytes {
        content = json!([content, content]).to_string();
    }
    let start = spent();
    let mut request = json!({ "messages": [{ "content": content }] });
    case().mask_request(&mut Vault::new(), &mut request);
    case().residual(&request).expect("nothing left");
    spent() - start
}

#[test]
fn eight_times_the_text_is_not_sixty_four_times_the_work() {
    for unit in HOSTILE {
        let small = cost(unit, 12_500).max(TICK * 2);
        let large = cost(unit, 100_000);
        assert!(large < small * 24, "{unit:?}: {small:?}, then {large:?} for eight times as much");
    }
    let (small, large) = (cost_of_json(12_500).max(TICK * 2), cost_of_json(100_000));
    assert!(large < small * 24, "JSON: {small:?}, then {large:?} for eight times as much");
}
