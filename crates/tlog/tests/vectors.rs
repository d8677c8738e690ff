//! Vectors of the C2SP specifications and of RFC 6962, and texts that must be refused.

mod common;

use common::KEYS;
use gouvernail_tlog::checkpoint::{self, Checkpoint, CheckpointError};
use gouvernail_tlog::hash;
use gouvernail_tlog::note::{Note, NoteError, Signature, Vkey};
use gouvernail_tlog::tile::Tile;

const VKEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const NOTE: &str = "This is an example message.\n\n\
— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
/// The example of tlog-checkpoint and tlog-cosignature.
const CHECKPOINT: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

#[test]
fn the_specification_s_note_is_accepted_and_read_back_identically() {
    let vkey: Vkey = VKEY.parse().unwrap();
    assert_eq!((vkey.to_string().as_str(), vkey.name()), (VKEY, "example.com/foo"));
    let note: Note = NOTE.parse().unwrap();
    assert_eq!(note.to_string(), NOTE);
    assert_eq!(note.verify(std::slice::from_ref(&vkey)).unwrap()[0].key, vkey);
    let altered: Note = NOTE.replace("example message", "exemple message").parse().unwrap();
    assert_eq!(altered.verify(&[vkey]), Err(NoteError::BadSignature("example.com/foo".into())));
    assert_eq!(note.verify(&KEYS.vkeys()), Err(NoteError::NoKnownKey));
}

#[test]
fn the_specification_s_checkpoint_is_read() {
    let read: Checkpoint = CHECKPOINT.parse().unwrap();
    assert_eq!((read.origin.as_str(), read.size), ("example.com/behind-the-sofa", 20_852_163));
    assert_eq!(read.to_string(), CHECKPOINT);
    let extended: Checkpoint = format!("{CHECKPOINT}more\n").parse().unwrap();
    assert_eq!(extended.extensions, ["more"]);
}

#[test]
fn rfc_6962_hashes() {
    // Known values of the empty tree, of the empty leaf and of the node over two known strings.
    assert_eq!(hex::encode(hash::empty_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_eq!(hex::encode(hash::leaf(b"")), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    assert_eq!(hex::encode(hash::leaf(b"L123456")), "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
}

#[test]
fn names_of_tiles() {
    for path in ["tile/0/x001/x234/067", "tile/entries/x001/x234/067.p/8", "tile/63/000", "tile/1/x001/000.p/255"] {
        assert_eq!(path.parse::<Tile>().unwrap().to_string(), path);
    }
    for path in [
        "tile/64/000",
        "tile/00/000",
        "tile/0/1",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/07",
        "tile/data/000",
        "tile/0/+01",
        "tile/0/x/000",
        "tile/0/",
        "checkpoint",
        "",
        "tile/0/999999999999999999999999",
    ] {
        assert!(path.parse::<Tile>().is_err(), "{path}");
    }
}

#[test]
fn texts_that_are_not_checkpoints() {
    for (from, to) in [
        ("20852163", "020852163"),
        ("20852163", "-1"),
        ("20852163", "9223372036854775808"),
        ("20852163", "+1"),
        ("q2I=", "q2I"),
        ("q2I=", "q2J="),
        ("CsUY", ""),
        ("\n20852163", ""),
        ("\n20852163", "\n\n20852163"),
        ("q2I=\n", "q2I="),
    ] {
        assert!(CHECKPOINT.replace(from, to).parse::<Checkpoint>().is_err(), "{from} -> {to}");
    }
}

#[test]
fn texts_that_are_not_notes() {
    let line = NOTE.split_once("\n\n").unwrap().1;
    for bad in [
        NOTE.replace('\n', "\r\n"),
        NOTE.trim_end().to_owned(),
        NOTE.replace('—', "-"),
        NOTE.replace("\n\n", "\n"),
        NOTE.replace("Uw2Q", "Uw2"),
        NOTE.replace("foo Uw2Q", "foo  Uw2Q"),
        NOTE.replace("m/foo ", "m/f+o "),
        format!("{NOTE}\n"),
        format!("{NOTE}{}", line.repeat(100)),
        "\u{1}\n\n".to_owned() + line,
        String::new(),
        "text\n\n— example.com/foo Uw2QOg==\n".to_owned(),
    ] {
        assert!(bad.parse::<Note>().is_err(), "{bad}");
    }
    for bad in [
        "",
        "a",
        "a+b",
        "a+00000000+AQ==",
        &VKEY.replace("530d", "530e"),
        &VKEY.replace("foo", "f o"),
        &VKEY.replace("+Aek", "+Cek"),
    ] {
        assert!(bad.parse::<Vkey>().is_err(), "{bad}");
    }
}

#[test]
fn unknown_signatures_are_ignored_and_a_wrong_known_one_refuses() {
    let mut note = Checkpoint::sign(5, [9; 32], &KEYS.log()).unwrap();
    for number in 0..20u8 {
        note.signatures.insert(0, Signature { name: format!("grease-{number}"), id: [number; 4], bytes: vec![number; 7] });
    }
    note.signatures.push(KEYS.witness().cosign(&note, 1_790_000_000));
    let opened = checkpoint::open(&note.to_string(), &KEYS.vkeys()).unwrap();
    assert_eq!((opened.checkpoint.size, opened.log.name()), (5, "commune.example/log"));
    assert_eq!((opened.witnesses.len(), opened.witnesses[0].time), (1, Some(1_790_000_000)));
    let last = note.signatures.last_mut().unwrap();
    last.bytes[7] ^= 1; // another time than the signed one
    let refused = checkpoint::open(&note.to_string(), &KEYS.vkeys());
    assert_eq!(refused, Err(CheckpointError::Note(NoteError::BadSignature("observatory.example".into()))));
    // Without trust in that witness the same note is fine.
    assert!(checkpoint::open(&note.to_string(), &KEYS.vkeys()[..1]).unwrap().witnesses.is_empty());
}

#[test]
fn a_checkpoint_that_only_a_witness_signed_is_refused() {
    let mut note = Checkpoint::sign(5, [9; 32], &KEYS.log()).unwrap();
    note.signatures = vec![KEYS.witness().cosign(&note, 1)];
    let refused = checkpoint::open(&note.to_string(), &KEYS.vkeys());
    assert_eq!(refused, Err(CheckpointError::NotSignedByLog { origin: "commune.example/log".into() }));
}

#[test]
fn names_that_no_key_may_have() {
    for name in ["", "a b", "a+b", "a\u{a0}b", "a\n"] {
        assert!(gouvernail_tlog::note::Signer::from_seed(name, &[1; 32]).is_err(), "{name:?}");
    }
}
