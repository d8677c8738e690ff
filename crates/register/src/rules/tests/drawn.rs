//! Requirements drawn at random: the quick reading never says otherwise than Cedar, and no answer outlives its time.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use crate::event::Event;

/// A number: a literal, the clock, an instant that is surely there, or a sum that may not fit.
fn number() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        (0i64..90).prop_map(|number| number.to_string()),
        (-3i64..3).prop_map(|days| format!("(context.now + {})", days * 86_400_000)),
        Just("context.now".to_owned()),
        Just("context.system.skills_quota".to_owned()),
        Just("9223372036854775807".to_owned()),
    ];
    leaf.prop_recursive(2, 4, 2, |inner| {
        (inner.clone(), prop_oneof![Just("+"), Just("-"), Just("*")], inner)
            .prop_map(|(left, op, right)| format!("({left} {op} {right})"))
    })
}

/// A condition that fits the schema.
fn condition() -> impl Strategy<Value = String> {
    let is = proptest::sample::select(vec![
        "context.system.stopped",
        "context.system.owner_in_post",
        "context.organisation.strategy",
        "context.host.embedded",
        "context.case.present",
        "context.caller.person",
        "true",
        "action == Action::\"call\"",
        "action != Action::\"try\"",
        "principal == Caller::\"agent\"",
        "resource != System::\"a\"",
        "context has authorisation",
        "context.studies has rights_until",
        "context has authorisation && context.authorisation.version_matches",
    ]);
    let order = proptest::sample::select(vec!["<", "<=", ">", ">=", "==", "!="]);
    let until = proptest::sample::select(vec![
        ("context.studies", "rights_until"),
        ("context.studies", "light_until"),
        ("context.host", "contract_until"),
        ("context.system", "drill_until"),
        ("context.caller", "certified_until"),
    ]);
    let leaf = prop_oneof![
        is.prop_map(|fact| format!("({fact})")),
        (number(), order.clone(), number()).prop_map(|(left, op, right)| format!("({left} {op} {right})")),
        (until, order, number(), any::<bool>()).prop_map(|((group, name), op, other, first)| {
            let (left, right) = if first { (format!("{group}.{name}"), other) } else { (other, format!("{group}.{name}")) };
            format!("({group} has {name} && {left} {op} {right})")
        }),
        proptest::sample::select(vec!["low", "limited", "high"]).prop_map(|risk| format!("(context.system.risk == \"{risk}\")")),
        Just("[\"low\", \"high\"].contains(context.system.risk)".to_owned()),
        Just("context.host.clauses.contains(\"social\")".to_owned()),
        Just("context.host.clauses.containsAll([\"social\", \"security\"])".to_owned()),
        Just("context.host.clauses.containsAny([\"none\", \"environment\"])".to_owned()),
        Just("context.host.clauses.isEmpty()".to_owned()),
        Just("(context.system.risk like \"l*\")".to_owned()),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left} && {right})")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left} || {right})")),
            inner.clone().prop_map(|one| format!("!({one})")),
            (inner.clone(), inner.clone(), inner).prop_map(|(one, then, other)| format!("(if {one} then {then} else {other})")),
        ]
    })
}

fn policy(id: usize, scope: &str, when: &str, unless: &str) -> String {
    format!(
        "@id(\"r{id}\") @proposition(\"\") @law(\"\") @since(\"2026-01-01\") @fr(\"Non.\") @en(\"No.\") @fix(\"/\")\n\
         forbid ({scope}) when {{ {when} }} unless {{ {unless} }};\n"
    )
}

fn scope() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "principal, action in Action::\"run\", resource",
        "principal, action == Action::\"call\", resource",
        "principal == Caller::\"agent\", action == Action::\"call\", resource",
        "principal, action, resource == System::\"a\"",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, max_global_rejects: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn no_policy_is_read_otherwise_than_cedar_reads_it(
        drawn in proptest::collection::vec((scope(), condition(), condition()), 1..4),
        kept in proptest::collection::vec(proptest::bool::weighted(0.9), dossiers().len()),
        day in 0i64..400,
        system in proptest::sample::select(vec!["a", "b", "c", "unknown"]),
        person in proptest::option::of(proptest::sample::select(vec!["agent", "other"])),
    ) {
        let policies = drawn.iter().enumerate().map(|(id, (scope, when, unless))| policy(id, scope, when, unless)).collect();
        let pack = PackText { name: "drawn".into(), policies, examples: String::new() };
        // The schema refuses some of what is drawn: conditions that can never hold, for instance.
        let loaded = Rules::load(&[pack]);
        prop_assume!(loaded.is_ok());
        let loaded = loaded.unwrap().current();
        let events = dossiers().into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(event, _)| event);
        let register = sample::register(events.collect::<Vec<Event>>(), at(0));
        let call = Call { system: system.into(), model: sample::MODEL.into(), person: person.map(str::to_owned), case: None };
        let missing = |now| {
            let facts = Facts::of(&register, &call, now);
            let asking = Asking { facts: &facts, now: now.as_millisecond(), caller: person.unwrap_or(UNKNOWN), action: "call", system };
            let policies = loaded.periods.last().unwrap().of(Action::Call);
            let by_cedar = loaded.missing(&loaded.request(loaded.names.of(Action::Call), &asking, now).unwrap(), &policies.cedar);
            let quick = policies.quick.as_ref().map(|quick| quick.allows(&asking));
            (quick, by_cedar.map_err(|error| error.to_string()))
        };
        let now = at(day) + SignedDuration::from_hours(1);
        let (quick, by_cedar) = missing(now);
        match (quick, &by_cedar) {
            (Some(true), answer) => prop_assert_eq!(answer, &Ok(Vec::new())),
            // An error may stand beside what settles the answer, in an order that only Cedar knows; it is never an allowance.
            (Some(false), answer) => prop_assert_ne!(answer, &Ok(Vec::new())),
            (None, _) => prop_assert!(drawn.iter().any(|(_, when, unless)| when.contains("like") || unless.contains("like"))),
        }
        // What was answered stays true until the instant that the answer names.
        if let Ok(decision) = loaded.judge(&Facts::of(&register, &call, now), Action::Call, (person, system), now)
            && let Some(until) = decision.valid_until
        {
            prop_assert!(now < until);
            // Time goes by milliseconds for the rules, and what is asked again every second may be as late.
            let before = until - SignedDuration::from_millis(1);
            if until.duration_since(now) > ASKED_AGAIN {
                prop_assert_eq!(missing(before).1, by_cedar);
            }
        }
    }
}

/// "Thirty days before the study ends": no fact stands at that instant.
#[test]
fn a_requirement_that_counts_days_is_asked_again() {
    let month = 30 * 86_400_000_i64;
    let soon = format!("context.studies has light_until && context.now + {month} < context.studies.light_until");
    let policies = policy(0, "principal, action == Action::\"call\", resource", "true", &soon);
    let rules = Rules::with(&[PackText { name: "local".into(), policies, examples: String::new() }]).unwrap();
    let events = sample::organisation(at(300)).into_iter().chain(sample::system("c", Risk::Low, (at(0), at(300))));
    let register = sample::register(events, at(0));
    let call = Call { system: "c".into(), model: sample::MODEL.into(), person: Some(sample::AGENT.into()), case: None };
    let decide = |now| rules.decide(&register, Action::Call, &call, now).unwrap();
    assert!(decide(at(1)).allowed());
    assert_eq!(decide(at(1)).valid_until, Some(at(1) + ASKED_AGAIN), "remembered for a second, not until the study ends");
    let missing: Vec<String> = decide(at(270)).missing.iter().map(|requirement| requirement.id.clone()).collect();
    assert_eq!(missing, ["r0"]);
}
