//! The one law of a witness: whatever is asked of it, in whatever order, all that it signs is one growing tree.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use gouvernail_observatory::Observatory;
use gouvernail_tlog::checkpoint::{self, Checkpoint};
use gouvernail_tlog::disk::DiskLog;
use gouvernail_tlog::hash::Hash;
use gouvernail_tlog::note::Note;
use proptest::prelude::*;
use tempfile::TempDir;

use crate::common::{ID, Post, fork_of, log_of, signer, submission, witness_vkey};

const SIZES: [u64; 7] = [1, 99, 100, 101, 256, 257, 300];
/// Both trees begin with the same entries.
const FORK: u64 = 100;

/// What somebody does.
#[derive(Debug, Clone)]
enum Act {
    /// Submits a checkpoint of one of the trees, from the size that the witness says or from another.
    Submit { tree: usize, size: usize, from: Option<usize> },
    /// The log publishes a checkpoint of one of the trees and is followed, while another one is perhaps submitted.
    Publish { tree: usize, size: usize, meanwhile: Option<(usize, usize)> },
    /// The observatory's process ends and starts again.
    Restart,
    /// The operator removes the evidence.
    Forgive,
}

fn act() -> impl Strategy<Value = Act> {
    let (tree, size) = (0..2usize, 0..SIZES.len());
    let from = prop_oneof![3 => Just(None), 1 => size.clone().prop_map(Some)];
    prop_oneof![
        4 => (tree.clone(), size.clone(), from).prop_map(|(tree, size, from)| Act::Submit { tree, size, from }),
        3 => (tree.clone(), size.clone(), prop::option::of((tree, size)))
            .prop_map(|(tree, size, meanwhile)| Act::Publish { tree, size, meanwhile }),
        1 => Just(Act::Restart),
        1 => Just(Act::Forgive),
    ]
}

/// Both trees at each size, and their roots.
struct Trees {
    _dir: TempDir,
    logs: [Vec<DiskLog>; 2],
}

static TREES: LazyLock<Trees> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let place = |tree: &str, size: u64| dir.path().join(format!("{tree}{size}"));
    let honest = SIZES.map(|size| log_of(&place("honest", size), size)).into();
    let other = SIZES.map(|size| fork_of(&place("other", size), FORK, size)).into();
    Trees { _dir: dir, logs: [honest, other] }
});

fn checkpoint_of(log: &DiskLog) -> Checkpoint {
    log.read_checkpoint().unwrap().unwrap().text.parse().unwrap()
}

/// Everything that was signed so far.
#[derive(Default)]
struct Signed(BTreeMap<u64, Hash>);

impl Signed {
    fn add(&mut self, checkpoint: &Checkpoint) {
        let known = *self.0.entry(checkpoint.size).or_insert(checkpoint.root);
        assert_eq!(known, checkpoint.root, "two trees of {} entries", checkpoint.size);
        let of = |tree: usize| {
            let roots: BTreeMap<_, _> = TREES.logs[tree].iter().map(checkpoint_of).map(|c| (c.size, c.root)).collect();
            self.0.iter().all(|(size, root)| roots[size] == *root)
        };
        assert!(of(0) || of(1), "signed sizes of both trees");
    }
}

fn last_size(observatory: &Observatory) -> u64 {
    let note: Option<Note> = observatory.cosigned(ID).map(|note| note.parse().unwrap());
    note.map_or(0, |note| note.text.parse::<Checkpoint>().unwrap().size)
}

/// The checkpoint that a submission was given a signature for, if it was.
fn submit(observatory: &Observatory, log: &DiskLog, from: u64) -> Option<Checkpoint> {
    let line = observatory.add_checkpoint(submission(log, from).as_bytes()).ok()?;
    let cosigned = format!("{}{line}", log.read_checkpoint().unwrap().unwrap());
    let opened = checkpoint::open(&cosigned, &[signer().vkey().clone(), witness_vkey()]).unwrap();
    assert_eq!(opened.witnesses.len(), 1);
    Some(opened.checkpoint)
}

async fn play(acts: &[Act]) {
    let mut post = Post::over(&TREES.logs[0][0]).await;
    let mut signed = Signed::default();
    for act in acts {
        match act {
            Act::Submit { tree, size, from } => {
                let from = from.map(|from| SIZES[from]).unwrap_or(last_size(post.the()));
                submit(post.the(), &TREES.logs[*tree][*size], from).iter().for_each(|checkpoint| signed.add(checkpoint));
            }
            Act::Publish { tree, size, meanwhile } => {
                post.site.now().dir = TREES.logs[*tree][*size].dir().to_owned();
                let (observatory, meanwhile) = (post.the().clone(), *meanwhile);
                let other = tokio::task::spawn_blocking(move || {
                    let (tree, size) = meanwhile?;
                    submit(&observatory, &TREES.logs[tree][size], last_size(&observatory))
                });
                let (_, other) = tokio::join!(post.round(), other);
                other.unwrap().iter().for_each(|checkpoint| signed.add(checkpoint));
            }
            Act::Restart => post.restart(),
            Act::Forgive => forgive(&post.evidence()),
        }
        if let Some(last) = post.cosigned() {
            signed.add(&last);
        }
    }
}

fn forgive(evidence: &Path) {
    if evidence.exists() {
        fs::remove_dir_all(evidence).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_that_is_signed_is_one_growing_tree(acts in prop::collection::vec(act(), 1..16)) {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(play(&acts));
    }
}

#[test]
fn the_two_trees_do_part() {
    let roots = |tree: usize| TREES.logs[tree].iter().map(checkpoint_of).map(|c| c.root).collect::<Vec<_>>();
    for (size, (honest, other)) in SIZES.iter().zip(roots(0).into_iter().zip(roots(1))) {
        assert_eq!(honest == other, *size <= FORK, "{size}");
    }
}
