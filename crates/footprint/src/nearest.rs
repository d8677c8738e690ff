//! The names nearest to one that is unknown.

/// How many names are offered.
const OFFERED: usize = 5;

/// The nearest of `names`, nearest first, separated by commas. Distance: insertions, deletions and replacements, without regard
/// to case; a name that holds the one asked for counts as near.
pub(crate) fn nearest<'a>(asked: &str, names: impl Iterator<Item = &'a str>) -> String {
    let asked = asked.to_lowercase();
    let mut ranked: Vec<(usize, &str)> = names.map(|name| (rank(&asked, &name.to_lowercase()), name)).collect();
    ranked.sort_unstable();
    ranked.dedup();
    ranked.into_iter().take(OFFERED).map(|(_, name)| name).collect::<Vec<_>>().join(", ")
}

fn rank(asked: &str, name: &str) -> usize {
    let base = base(name);
    let away = distance(asked, name).min(distance(asked, base));
    if !asked.is_empty() && name.contains(asked) { away.min(2) } else { away }
}

/// The part of a name after its publisher.
pub(crate) fn base(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, base)| base)
}

fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_letters() {
        assert_eq!((distance("kitten", "sitting"), distance("", "abc"), distance("é", "e")), (3, 3, 1));
    }

    #[test]
    fn a_part_of_a_name_is_near_and_the_publisher_may_be_left_out() {
        let names = ["google/gemma-3-4b-it", "openai/gpt-oss-20b", "FRA"];
        assert!(nearest("gemma", names.into_iter()).starts_with("google/gemma-3-4b-it"));
        assert!(nearest("gpt-os-20b", names.into_iter()).starts_with("openai/gpt-oss-20b"));
    }
}
