//! The record of a system, and what waits to be accepted in it.

use jiff::Timestamp;

use super::System;
use crate::record::{Acceptance, Proposals, Record};

impl System {
    /// What is written by hand settles what was proposed for the same field.
    pub(super) fn write_record(&mut self, record: Record) {
        self.proposed.retain(|field, _| !record.fields.contains_key(field));
        self.accepted.retain(|field, accepted| record.fields.get(field) == Some(&accepted.proposal.value));
        self.record = Some(record);
    }

    /// The last source that speaks of a field is the one that is read.
    pub(super) fn propose(&mut self, proposals: Proposals) {
        self.proposed.extend(proposals);
    }

    /// Accepts some proposals and sets others aside.
    pub(super) fn settle(&mut self, accepted: Vec<String>, set_aside: &[String], person: &str, at: Timestamp) {
        for field in accepted {
            let Some(proposal) = self.proposed.remove(&field) else { continue };
            let record = self.record.get_or_insert_default();
            record.review.remove(&field);
            record.fields.insert(field.clone(), proposal.value.clone());
            self.accepted.insert(field, Acceptance { proposal, person: person.to_owned(), at });
        }
        self.proposed.retain(|field, _| !set_aside.contains(field));
    }
}
