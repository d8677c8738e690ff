//! `visibleIf` expressions: `{a} = "x" or ({b} contains ["y"] and {c} = "z")`. `and` binds tighter than `or`.

use std::collections::BTreeMap;

use crate::answers::Answer;
use crate::condition::Condition;
use crate::model::Kind;

/// Why an expression is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{expected} was expected before {:?}", .before.chars().take(20).collect::<String>())]
pub(crate) struct Unread {
    expected: &'static str,
    before: String,
}

pub(crate) fn read(text: &str) -> Result<Condition, Unread> {
    let mut rest = Rest(text);
    let condition = rest.any()?;
    if rest.0.trim().is_empty() { Ok(condition) } else { Err(rest.expected("the end")) }
}

/// The condition with `contains` asked of one answer turned into the choices whose value has that text, as SurveyJS does.
pub(crate) fn of_single_choices(condition: Condition, kinds: &BTreeMap<String, Kind>) -> Condition {
    let each = |conditions: Vec<Condition>| conditions.into_iter().map(|inner| of_single_choices(inner, kinds)).collect();
    match condition {
        Condition::Contains { question, choice } => match kinds.get(&question) {
            Some(Kind::Choice(choices)) => {
                let with = choices.iter().filter(|offered| offered.id.contains(&choice));
                Condition::Any(with.map(|offered| is(&question, &offered.id)).collect())
            }
            _ => Condition::Contains { question, choice },
        },
        Condition::Any(conditions) => Condition::Any(each(conditions)),
        Condition::All(conditions) => Condition::All(each(conditions)),
        other => other,
    }
}

fn is(question: &str, choice: &str) -> Condition {
    Condition::Is { question: question.to_owned(), value: Answer::Text(choice.to_owned()) }
}

/// What is still to be read.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn expected(&self, expected: &'static str) -> Unread {
        Unread { expected, before: self.0.to_owned() }
    }

    fn take(&mut self, token: &str) -> bool {
        let rest = self.0.trim_start().strip_prefix(token);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// What stands between two signs.
    fn between(&mut self, open: &str, close: char, expected: &'static str) -> Result<&'a str, Unread> {
        if !self.take(open) {
            return Err(self.expected(expected));
        }
        let (inside, rest) = self.0.split_once(close).ok_or_else(|| self.expected(expected))?;
        self.0 = rest;
        Ok(inside)
    }

    fn any(&mut self) -> Result<Condition, Unread> {
        let mut conditions = vec![self.all()?];
        while self.take("or ") {
            conditions.push(self.all()?);
        }
        Ok(alone(conditions, Condition::Any))
    }

    fn all(&mut self) -> Result<Condition, Unread> {
        let mut conditions = vec![self.one()?];
        while self.take("and ") {
            conditions.push(self.one()?);
        }
        Ok(alone(conditions, Condition::All))
    }

    fn one(&mut self) -> Result<Condition, Unread> {
        if self.take("(") {
            let condition = self.any()?;
            return if self.take(")") { Ok(condition) } else { Err(self.expected("`)`")) };
        }
        let question = self.between("{", '}', "a question in braces")?;
        if self.take("contains ") {
            return self.contained(question);
        }
        if !self.take("=") {
            return Err(self.expected("`=` or `contains`"));
        }
        let value = self.between("\"", '"', "a value in quotes")?;
        Ok(is(question, value))
    }

    fn contained(&mut self, question: &str) -> Result<Condition, Unread> {
        let contains = |choice: &str| Condition::Contains { question: question.to_owned(), choice: choice.to_owned() };
        if !self.take("[") {
            return self.between("\"", '"', "a value in quotes").map(contains);
        }
        let mut choices = Vec::new();
        while !self.take("]") {
            choices.push(contains(self.between("\"", '"', "a value in quotes")?));
            self.take(",");
        }
        Ok(alone(choices, Condition::All))
    }
}

/// A list of one is that one.
fn alone(mut conditions: Vec<Condition>, together: fn(Vec<Condition>) -> Condition) -> Condition {
    match conditions.pop() {
        Some(only) if conditions.is_empty() => only,
        last => {
            conditions.extend(last);
            together(conditions)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn and_binds_tighter_than_or_and_parentheses_win() {
        let (a, b, c) = (is("a", "1"), is("b", "2"), is("c", "3"));
        let loose = Condition::Any(vec![a.clone(), Condition::All(vec![b.clone(), c.clone()])]);
        assert_eq!(read(r#"{a} = "1" or {b} = "2" and {c} = "3" "#), Ok(loose));
        let tight = Condition::All(vec![Condition::Any(vec![a, b]), c]);
        assert_eq!(read(r#"({a} = "1" or {b} = "2") and {c}="3""#), Ok(tight));
    }

    #[test]
    fn what_is_not_understood_is_refused_with_its_place() {
        for text in [r#"{a} > 3"#, r#"{a} = "1" nor {b} = "2""#, r#"{a} = "1" or"#, "", r#"({a} = "1""#, r#"{a} contains ["x" "#] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(read(r#"{a} = "1" nor"#).unwrap_err().to_string().contains("nor"));
    }

    #[test]
    fn contains_of_one_answer_looks_for_a_piece_of_text() {
        let choice = |id: &str| crate::Choice { id: id.to_owned(), words: crate::Words::default(), points: 0 };
        let kinds = BTreeMap::from([("a".to_owned(), Kind::Choice(vec![choice("item1-0"), choice("item2-0")]))]);
        let read = of_single_choices(read(r#"{a} contains ["item2"]"#).unwrap(), &kinds);
        assert_eq!(read, Condition::Any(vec![is("a", "item2-0")]));
    }
}
